import {Text} from 'ink';
import {memo} from 'react';
import {cellWidth, truncateCells} from '../../format/cells.js';
import {theme, type ThemeColor} from '../theme.js';

/**
A piece of a line with its looks.
*/
export type Span = {
	readonly text: string;
	readonly color?: ThemeColor;
	readonly isBold?: boolean;
};

export type LineProps = {
	readonly spans: ReadonlyArray<Span | string>;
	/**
	Cells; the line is cut to it and filled up with spaces.
	*/
	readonly width: number;
	/**
	Shown inverse, and so filled to the end.
	*/
	readonly isSelected?: boolean;
};

/**
One row of the screen as one Text: a Box for every piece would cost half as much again to draw. Drawn anew only when it looks different.
*/
export const Line = memo(({spans, width, isSelected = false}: LineProps) => (
	<Text wrap='truncate' inverse={isSelected}>
		{fitSpans(spans, width).map(({text, color, isBold = false}, index) => (
			// Pieces of a line have no identity but their place.
			<Text key={index} bold={isBold} color={color === undefined || isSelected ? undefined : theme[color]}>{text}</Text>
		))}
	</Text>
), isSameLine);

function isSameLine(one: LineProps, other: LineProps): boolean {
	return one.width === other.width
		&& (one.isSelected ?? false) === (other.isSelected ?? false)
		&& one.spans.length === other.spans.length
		&& one.spans.every((span, index) => isSameSpan(span, other.spans[index] ?? ''));
}

function isSameSpan(one: Span | string, other: Span | string): boolean {
	return typeof one === 'string' || typeof other === 'string'
		? one === other
		: one.text === other.text && one.color === other.color && one.isBold === other.isBold;
}

/**
Cuts the pieces to `width` cells in all and fills what is left with spaces. Neighbours that look the same become one: each piece is a node, which costs more to draw than its text.
*/
export function fitSpans(spans: ReadonlyArray<Span | string>, width: number): readonly Span[] {
	const fitted: Span[] = [];
	let left = width;
	for (const span of spans) {
		const {text, ...looks} = typeof span === 'string' ? {text: span} : span;
		const cut = truncateCells(text, left);
		if (cut === '') {
			continue;
		}

		append(fitted, {text: cut, ...looks});
		left -= cellWidth(cut);
	}

	if (left > 0) {
		append(fitted, {text: ' '.repeat(left)});
	}

	return fitted;
}

function append(fitted: Span[], span: Span): void {
	const last = fitted.at(-1);
	if (last && last.color === span.color && (last.isBold ?? false) === (span.isBold ?? false)) {
		fitted[fitted.length - 1] = {...last, text: last.text + span.text};
	} else {
		fitted.push(span);
	}
}
