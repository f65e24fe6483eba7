import {type AppState} from '../state.js';
import {errorLines} from './error-lines.js';
import {fitDetails} from './fit-details.js';
import {shownMachine} from './hardware.js';
import {bodyRows, isWide} from './layout.js';
import {machineLines} from './machine-lines.js';
import {type StyledLine} from './styled-lines.js';

type Looked = Pick<AppState, 'screen' | 'hardware' | 'registry' | 'library' | 'plans' | 'bench'>;

/**
The line with filter and order, and the list's headings.
*/
const listHeadRows = 2;

/**
Rows of models that are worth more than what more there is to say of the machine.
*/
const leastModels = 5;

/**
Rows from which on the machine is shown with all there is.
*/
const tallScreen = 36;

/**
The machine above the list; where it has too many rows for the screen, the first.
*/
export function selectMachineLines({screen, hardware}: Pick<AppState, 'screen' | 'hardware'>): readonly StyledLine[] {
	const lines = machineLines(hardware, {width: screen.columns, isBrief: !isWide(screen) || screen.rows < tallScreen});
	const most = Math.max(2, bodyRows(screen) - listHeadRows - leastModels);
	return lines.length <= most ? lines : [...lines.slice(0, most - 1), [{text: ' i shows all of this machine', color: 'muted'}]];
}

/**
All of the machine, for a page of its own.
*/
export function selectAllMachineLines({screen, hardware}: Pick<AppState, 'screen' | 'hardware'>): readonly StyledLine[] {
	return machineLines(hardware, {width: screen.columns, isBrief: false});
}

/**
Rows below the machine and an error.
*/
export function hardwareBodyRows({screen, hardware}: Pick<AppState, 'screen' | 'hardware'>): number {
	return bodyRows(screen) - selectMachineLines({screen, hardware}).length - errorLines(hardware.error, screen.columns).length;
}

/**
Rows of models.
*/
export function hardwareListRows(state: Pick<AppState, 'screen' | 'hardware'>): number {
	return Math.max(1, hardwareBodyRows(state) - listHeadRows);
}

/**
Columns of list and details where they stand side by side.
*/
export function hardwareColumns({columns}: AppState['screen']): {readonly list: number; readonly details: number} {
	const list = Math.max(74, Math.floor(columns * 0.56));
	return {list, details: columns - list - 3};
}

/**
The details of the selected model, in lines as wide as a page of their own has them.
*/
export function selectDetailsPage(state: Looked): readonly StyledLine[] {
	return fitDetails(state, state.screen.columns - 2);
}

/**
The furthest that a page can be scrolled.
*/
export function lastTopOf(state: Looked): number {
	const lines = state.hardware.focus === 'machine' ? selectAllMachineLines(state) : selectDetailsPage(state);
	return Math.max(0, lines.length - pageRows(state));
}

/**
Rows of a page: the body without the line that says how much more there is.
*/
export function pageRows({screen}: Pick<AppState, 'screen'>): number {
	return Math.max(1, bodyRows(screen) - 1);
}

/**
Whether a page takes the place of the list.
*/
export function isPage({hardware}: Pick<AppState, 'hardware'>): boolean {
	return shownMachine(hardware) !== undefined && (hardware.focus === 'details' || hardware.focus === 'machine');
}
