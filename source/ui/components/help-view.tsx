import {fitCells} from '../../format/cells.js';
import {helpSections} from '../../keys/help.js';
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
	const innerWidth = Math.min(76, width - 4);
	const lines = helpSections(state).flatMap(({title, entries}, index): ReadonlyArray<readonly Span[]> => [
		...(index === 0 ? [] : [[]]),
		[{text: title, color: 'accent', isBold: true}],
		...entries.map(({keys, label, reason}): readonly Span[] => [
			{text: `  ${fitCells(keys, 20)} `, isBold: reason === undefined},
			{text: label, color: reason === undefined ? undefined : 'muted'},
			{text: reason === undefined ? '' : ` (${reason})`, color: 'muted'},
		]),
	]);
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
