import {Box} from 'ink';
import {fitCells} from '../../format/cells.js';
import {keyLabel} from '../../keys/key-label.js';
import {paletteEntries} from '../../keys/palette.js';
import {type PaletteDialog} from '../../state/dialog.js';
import {paletteRows} from '../../state/selectors/layout.js';
import {type AppState} from '../../state/state.js';
import {signs} from '../theme.js';
import {Framed} from './framed.js';
import {Line} from './line.js';
import {TextInput} from './text-input.js';

export type PaletteViewProps = {
	readonly state: AppState;
	readonly dialog: PaletteDialog;
	readonly width: number;
	readonly height: number;
};

/**
Everything that can be done here, found by name; what cannot be done now says why.
*/
export function PaletteView({state, dialog, width, height}: PaletteViewProps) {
	const innerWidth = Math.min(76, width - 4);
	const entries = paletteEntries(state, dialog);
	const cursor = Math.min(dialog.cursor, entries.length - 1);
	const shown = paletteRows(state.screen);
	const top = Math.max(0, Math.min(cursor - Math.floor(shown / 2), entries.length - shown));
	return (
		<Framed title='What do you want to do?' width={width} height={height} innerWidth={innerWidth}>
			<Box height={1}><TextInput isFocused field={dialog.field} width={innerWidth} placeholder='type to filter'/></Box>
			{entries.slice(top, top + shown).map((entry, index) => {
				const reason = entry.disabled?.(state);
				const isSelected = top + index === cursor;
				return (
					<Line
						key={entry.id}
						width={innerWidth}
						isSelected={isSelected}
						spans={[`${isSelected ? signs.selected : ' '} ${fitCells(entry.label, 28)} ${fitCells(keyLabel(entry.keys[0] ?? ''), 10)}`, {text: reason ?? '', color: 'muted'}]}
					/>
				);
			})}
			{entries.length === 0 ? <Line width={innerWidth} spans={[{text: 'Nothing here is called that.', color: 'muted'}]}/> : null}
		</Framed>
	);
}
