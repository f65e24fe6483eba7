import {Box} from 'ink';
import {hintsOf} from '../../keys/hints.js';
import {noticeLines, noticeMarkWidth} from '../../state/selectors/layout.js';
import {type AppState} from '../../state/state.js';
import {Line, type Span} from './line.js';

export type FooterProps = {
	readonly state: AppState;
};

/**
The last row: the keys of this place. Until the next key it is what just happened, in as many rows as that takes.
*/
export function Footer({state}: FooterProps) {
	const {columns, notice} = state.screen;
	if (notice) {
		const mark: Span = notice.kind === 'error' ? {text: ' ! ', color: 'bad', isBold: true} : {text: ' · ', color: 'accent', isBold: true};
		return (
			<Box flexDirection='column' flexShrink={0}>
				{noticeLines(state.screen).map((text, index) => <Line key={index} width={columns} spans={[index === 0 ? mark : ' '.repeat(noticeMarkWidth), text]}/>)}
			</Box>
		);
	}

	const spans = hintsOf(state, columns).flatMap(({key, label}): ReadonlyArray<Span | string> => [{text: ` ${key}`, isBold: true, color: 'accent'}, ` ${label} `]);
	return <Line width={columns} spans={spans}/>;
}
