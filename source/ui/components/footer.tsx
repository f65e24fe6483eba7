import {hintsOf} from '../../keys/hints.js';
import {type AppState} from '../../state/state.js';
import {Line, type Span} from './line.js';

export type FooterProps = {
	readonly state: AppState;
};

/**
The last row: what just happened until the next key, and otherwise the keys of this place.
*/
export function Footer({state}: FooterProps) {
	const {columns, notice} = state.screen;
	if (notice) {
		const mark: Span = notice.kind === 'error' ? {text: ' ! ', color: 'bad', isBold: true} : {text: ' · ', color: 'accent', isBold: true};
		return <Line width={columns} spans={[mark, notice.text]}/>;
	}

	const spans = hintsOf(state, columns).flatMap(({key, label, isEnabled}): readonly Span[] => [
		{text: ` ${key}`, isBold: isEnabled, color: isEnabled ? 'accent' : 'muted'},
		{text: ` ${label} `, color: isEnabled ? undefined : 'muted'},
	]);
	return <Line width={columns} spans={spans}/>;
}
