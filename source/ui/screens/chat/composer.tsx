import {Box, Text} from 'ink';
import {cellWidth} from '../../../format/cells.js';
import {type TextField} from '../../../state/text-field.js';
import {theme} from '../../theme.js';

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
const prompt = ' > ';

type Row = {readonly before: string; readonly cursor?: string; readonly after: string};

export type ComposerProps = {
	readonly field: TextField;
	readonly width: number;
	readonly height: number;
	readonly isFocused: boolean;
};

/**
The line one writes in; it grows with what is written.
*/
export function Composer({field, width, height, isFocused}: ComposerProps) {
	const rows = layOut(field, width - prompt.length - 1);
	const cursorRow = rows.findIndex(row => row.cursor !== undefined);
	const top = Math.max(0, Math.min(cursorRow - height + 1, rows.length - height));
	const isEmpty = field.value === '';
	return (
		<Box flexDirection='column' width={width} height={height} flexShrink={0}>
			{rows.slice(top, top + height).map(({before, cursor, after}, index) => (
				<Text key={index} wrap='truncate'>
					<Text bold={isFocused} color={isFocused ? theme.accent : theme.muted}>{top + index === 0 ? prompt : ' '.repeat(prompt.length)}</Text>
					{before}
					{cursor === undefined ? null : <Text inverse={isFocused}>{cursor}</Text>}
					{after}
					{isEmpty ? <Text color={theme.muted}>{isFocused ? 'Ask something' : 'i to write'}</Text> : null}
				</Text>
			))}
		</Box>
	);
}

/**
How many rows the text takes, at most `most`.
*/
export function composerRows(field: TextField, width: number, most: number): number {
	return Math.min(most, layOut(field, width - prompt.length - 1).length);
}

/**
Breaks the text at newlines and at `width` cells, and finds the cursor in it.
*/
function layOut({value, cursor}: TextField, width: number): readonly Row[] {
	const rows: Array<{before: string; cursor?: string; after: string}> = [];
	let row: {before: string; cursor?: string; after: string} = {before: '', after: ''};
	let used = 0;
	const breakRow = () => {
		rows.push(row);
		row = {before: '', after: ''};
		used = 0;
	};

	for (const {segment, index} of graphemes.segment(`${value} `)) {
		const isEnd = index === value.length;
		const isNewline = segment === '\n';
		const cells = isNewline ? 1 : cellWidth(segment);
		if (used + cells > width) {
			breakRow();
		}

		const shown = isNewline ? ' ' : segment;
		if (index === cursor) {
			row.cursor = shown;
		} else if (!isNewline && !isEnd) {
			row[row.cursor === undefined ? 'before' : 'after'] += shown;
		}

		used += cells;
		if (isNewline) {
			breakRow();
		}
	}

	return [...rows, row];
}
