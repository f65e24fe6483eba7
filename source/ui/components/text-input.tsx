import {Text} from 'ink';
import {cellWidth, takeEmojiApart, truncateCells} from '../../format/cells.js';
import {type TextField} from '../../state/text-field.js';
import {theme} from '../theme.js';
import {Cursor, useCursorCells} from './cursor.js';

export type TextInputProps = {
	readonly field: TextField;
	/**
	Cells.
	*/
	readonly width: number;
	readonly isFocused: boolean;
	/**
	Shown while the field is empty.
	*/
	readonly placeholder?: string;
};

/**
One line of a text field; the part around the cursor is shown when it is too long. The cursor is drawn where the focus is.
*/
export function TextInput({field, width, isFocused, placeholder = ''}: TextInputProps) {
	const cursorCells = useCursorCells();
	if (!isFocused) {
		return field.value === '' ? <Text color={theme.muted} wrap='truncate'>{truncateCells(placeholder, width)}</Text> : <Text wrap='truncate'>{truncateCells(oneLine(field.value), width)}</Text>;
	}

	const {before, under, after} = windowAround(field, width - cursorCells);
	return (
		<Text wrap='truncate'>
			{before}
			<Cursor under={under}/>
			{field.value === '' ? <Text color={theme.muted}>{truncateCells(placeholder, width - cursorCells - 1)}</Text> : after}
		</Text>
	);
}

function oneLine(text: string): string {
	return takeEmojiApart(text.replaceAll('\n', '⏎'));
}

/**
The text left of, under and right of the cursor, as far as it fits.
*/
function windowAround({value, cursor}: TextField, width: number) {
	const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
	const [first] = graphemes.segment(value.slice(cursor));
	const under = first === undefined ? ' ' : oneLine(first.segment);
	let before = oneLine(value.slice(0, cursor));
	while (cellWidth(before) > width - cellWidth(under)) {
		const [dropped] = graphemes.segment(before);
		before = before.slice(dropped?.segment.length ?? before.length);
	}

	const after = truncateCells(oneLine(value.slice(cursor + (first?.segment.length ?? 0))), width - cellWidth(before) - cellWidth(under));
	return {before, under, after};
}
