import {formatBytes} from '../../format/bytes.js';
import {fitCells} from '../../format/cells.js';
import {formatAge} from '../../format/duration.js';
import {type RoomCandidate, type RoomDialog} from '../../state/dialog.js';
import {freedBytes, whyNoRoom} from '../../state/selectors/room-dialog.js';
import {type AppState} from '../../state/state.js';
import {signs} from '../theme.js';
import {Framed} from './framed.js';
import {Line, type Span} from './line.js';

export type RoomViewProps = {
	readonly state: AppState;
	readonly dialog: RoomDialog;
	readonly width: number;
	readonly height: number;
};

/**
What could go to make room, to be chosen; the sum is beside what is needed.
*/
export function RoomView({state, dialog, width, height}: RoomViewProps) {
	const {candidates, cursor, missingBytes, wanted} = dialog;
	const innerWidth = Math.min(76, width - 4);
	const shown = Math.max(1, height - 11);
	const top = Math.max(0, Math.min(cursor - Math.floor(shown / 2), candidates.length - shown));
	const freed = freedBytes(dialog);
	const short = whyNoRoom(dialog);
	return (
		<Framed title='There is not enough room' width={width} height={height} innerWidth={innerWidth}>
			<Line width={innerWidth} spans={[`${formatBytes(missingBytes)} are missing for ${wanted}.`]}/>
			<Line width={innerWidth} spans={[{text: candidates.length === 0 ? 'No model is installed that could go; a partial file or another disk may help (3, C).' : 'Models that could go, least recently used first:', color: 'muted'}]}/>
			<Line width={innerWidth} spans={[]}/>
			{candidates.slice(top, top + shown).map((candidate, index) => (
				<Line key={candidate.id} width={innerWidth} isSelected={top + index === cursor} spans={rowOf(candidate, {
					dialog, isSelected: top + index === cursor, width: innerWidth, now: state.screen.now,
				})}/>
			))}
			<Line width={innerWidth} spans={[]}/>
			<Line width={innerWidth} spans={[`${formatBytes(freed)} chosen of ${formatBytes(missingBytes)} needed`, {text: short === undefined ? '  enough' : `  ! ${short}`, color: short === undefined ? 'good' : 'warning'}]}/>
			<Line width={innerWidth} spans={[{text: 'Space', color: 'accent', isBold: true}, ' take or leave   ', {text: 'Enter', color: short === undefined ? 'accent' : 'muted', isBold: true}, ' remove these and download   ', {text: 'Esc', color: 'accent', isBold: true}, ' cancel']}/>
		</Framed>
	);
}

type RowOptions = {
	readonly dialog: RoomDialog;
	readonly isSelected: boolean;
	readonly width: number;
	readonly now: number;
};

function rowOf({id, name, sizeBytes, lastUsed}: RoomCandidate, {dialog, isSelected, width, now}: RowOptions): ReadonlyArray<Span | string> {
	return [
		`${isSelected ? signs.selected : ' '} [${dialog.chosen.has(id) ? 'x' : ' '}] ${fitCells(name, width - 32)} ${formatBytes(sizeBytes).padStart(8)}  `,
		{text: lastUsed === undefined ? 'never used' : `used ${formatAge(lastUsed, now)}`, color: 'muted'},
	];
}
