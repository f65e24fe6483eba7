import {Box} from 'ink';
import {cellWidth, truncateCells} from '../../format/cells.js';
import {type AppState} from '../../state/state.js';
import {selectHeaderStatus} from '../../state/selectors/header-status.js';
import {tabs, type Tab} from '../../state/tabs.js';
import {signs} from '../theme.js';
import {Line, type Span} from './line.js';

export type HeaderProps = {
	readonly state: AppState;
};

/**
The tabs, what goes on in the background, and a rule. The open tab stands in brackets, since colour alone must not say it.
*/
export function Header({state}: HeaderProps) {
	const {columns, tab} = state.screen;
	const spans = tabSpans(tab, columns);
	const used = widthOf(spans);
	// The last tab ends in a space, which keeps the two apart where there is no more.
	const status = truncateCells(selectHeaderStatus(state), columns - used - 1);
	const gap = columns - used - cellWidth(status) - 1;
	return (
		<Box flexDirection='column' flexShrink={0}>
			<Line width={columns} spans={[...spans, ' '.repeat(Math.max(0, gap)), {text: status, color: 'muted'}]}/>
			<Line width={columns} spans={[{text: signs.rule.repeat(columns), color: 'muted'}]}/>
		</Box>
	);
}

/**
On the narrowest screen the space at one of the ends is given up; the open tab has none, but it cannot be at both.
*/
function tabSpans(tab: Tab, columns: number): readonly Span[] {
	const spans = tabs.map((name, index): Span => {
		const isOpen = name === tab;
		return {text: isOpen ? `[${index + 1} ${name}]` : ` ${index + 1} ${name} `, color: isOpen ? 'accent' : undefined, isBold: isOpen};
	});
	const trimmed = tab === tabs[0] ? spans.length - 1 : 0;
	return widthOf(spans) <= columns ? spans : spans.map((span, index) => (index === trimmed ? {...span, text: span.text.trim()} : span));
}

function widthOf(spans: readonly Span[]): number {
	let width = 0;
	for (const {text} of spans) {
		width += cellWidth(text);
	}

	return width;
}
