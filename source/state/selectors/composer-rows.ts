import {cellWidth, takeEmojiApart} from '../../format/cells.js';
import {type TextField} from '../text-field.js';

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/**
One row of the text that is being written, around the cursor where that stands in it.
*/
export type ComposerRow = {readonly before: string; readonly cursor?: string; readonly after: string};

/**
Breaks the text at newlines and at `width` cells, and finds the cursor in it.
*/
export function layOutComposer({value, cursor}: TextField, width: number): readonly ComposerRow[] {
	const rows: ComposerRow[] = [];
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
		const shown = isNewline ? ' ' : takeEmojiApart(segment);
		const cells = cellWidth(shown);
		if (used + cells > width) {
			breakRow();
		}

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
