import {Box} from 'ink';
import {cellWidth, truncateCells} from '../../format/cells.js';
import {type AppState} from '../../state/state.js';
import {selectHeaderStatus} from '../../state/selectors/header-status.js';
import {tabs} from '../../state/tabs.js';
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
	const spans = tabs.flatMap((name, index): readonly Span[] => {
		const isOpen = name === tab;
		return [{text: isOpen ? `[${index + 1} ${name}]` : ` ${index + 1} ${name} `, color: isOpen ? 'accent' : undefined, isBold: isOpen}];
	});
	let used = 0;
	for (const {text} of spans) {
		used += cellWidth(text);
	}

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
