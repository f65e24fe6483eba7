import {fitCells} from '../../format/cells.js';
import {helpColumns, helpKeyColumns, helpLines} from '../../keys/help.js';
import {type HelpDialog} from '../../state/dialog.js';
import {dialogRows} from '../../state/selectors/layout.js';
import {type AppState} from '../../state/state.js';
import {Framed} from './framed.js';
import {Line, type Span} from './line.js';

export type HelpViewProps = {
	readonly state: AppState;
	readonly dialog: HelpDialog;
	readonly width: number;
	readonly height: number;
};

/**
All keys of the place the help was opened in.
*/
export function HelpView({state, dialog, width, height}: HelpViewProps) {
	const innerWidth = helpColumns(state.screen);
	const lines = helpLines(state).map(({title, keys, text, isEnabled}): readonly Span[] => title === undefined
		? [
			{text: `  ${fitCells(keys, helpKeyColumns - 3)} `, isBold: isEnabled},
			{text, color: isEnabled ? undefined : 'muted'},
		]
		: [{text: title, color: 'accent', isBold: true}]);
	const shown = dialogRows(state.screen);
	// The window may have grown since.
	const top = Math.max(0, Math.min(dialog.top, lines.length - shown));
	const more = lines.length > shown ? ` · ↑ ↓ for more (${top + 1}–${Math.min(lines.length, top + shown)} of ${lines.length})` : '';
	return (
		<Framed title={`Keys${more}`} width={width} height={height} innerWidth={innerWidth}>
			{lines.slice(top, top + shown).map((spans, index) => (
				// Lines of the help have no identity but their place.
				<Line key={index} width={innerWidth} spans={spans}/>
			))}
		</Framed>
	);
}
