import {type ErrorReport} from '../../types/error-report.js';
import {type FitVerdict} from '../../types/fit.js';
import {type HardwareMeters, type HardwareReport} from '../../types/hardware.js';
import {type SandboxReport} from '../../types/engine.js';
import {type Action} from '../actions.js';
import {
	followSelection,
	moveBy,
	startOfList,
	type ListMove,
	type ListView,
} from '../list-view.js';
import {hardwareListRows} from '../selectors/layout.js';
import {type AppState} from '../state.js';

/**
How one registry model would run on this machine.
*/
export type ModelFit = {
	readonly modelId: string;
	readonly verdict: FitVerdict;
};

/**
What Remuda would choose by itself, and why.
*/
export type ModelChoice = {
	readonly modelId?: string;
	readonly reason: string;
};

export type HardwareState = {
	readonly report?: HardwareReport;
	readonly sandbox?: SandboxReport;
	readonly meters?: HardwareMeters;
	/**
	CPU load in percent, oldest first.
	*/
	readonly loadHistory: readonly number[];
	/**
	Recommended models first, the largest that fits first.
	*/
	readonly fits: readonly ModelFit[];
	readonly selection?: ModelChoice;
	readonly list: ListView;
	/**
	The id of the model the cursor was put on: it stays there when the order changes with the memory that is free.
	*/
	readonly selectedKey?: string;
	/**
	Whether the sum for the selected model takes the body; only where it has no room beside the list.
	*/
	readonly isDetailsOpen: boolean;
	readonly error?: ErrorReport;
};

export type HardwareAction =
	{readonly type: 'hardware/probe-requested'}
	| {readonly type: 'hardware/probe-succeeded'; readonly report: HardwareReport; readonly fits: readonly ModelFit[]; readonly selection: ModelChoice}
	| {readonly type: 'hardware/probe-failed'; readonly error: ErrorReport}
	| {readonly type: 'hardware/sandbox-found'; readonly sandbox: SandboxReport}
	| {readonly type: 'hardware/watch-requested'}
	| {readonly type: 'hardware/watch-failed'; readonly error: ErrorReport}
	| {readonly type: 'hardware/metered'; readonly meters: HardwareMeters}
	| {readonly type: 'hardware/list-moved'; readonly move: ListMove}
	| {readonly type: 'hardware/details-toggled'};

/**
Samples kept for the picture of the load.
*/
const historyLength = 120;

export const initialHardware: HardwareState = {
	loadHistory: [], fits: [], list: startOfList, isDetailsOpen: false,
};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceHardware(hardware: HardwareState, action: Action, app: AppState): HardwareState {
	switch (action.type) {
		case 'hardware/probe-succeeded': {
			const {report, fits, selection} = action;
			return keepSelection({
				...hardware, report, fits, selection, error: undefined,
			}, app);
		}

		case 'hardware/watch-failed':
		case 'hardware/probe-failed': {
			return keepSelection({...hardware, error: action.error}, app);
		}

		case 'hardware/sandbox-found': {
			return {...hardware, sandbox: action.sandbox};
		}

		case 'hardware/metered': {
			const {meters} = action;
			return {...hardware, meters, loadHistory: [...hardware.loadHistory, meters.cpuLoadPercent].slice(-historyLength)};
		}

		case 'hardware/list-moved': {
			const list = moveBy(hardware.list, action.move, hardware.fits.length, hardwareListRows(app.screen, hardware));
			return {...hardware, list, selectedKey: hardware.fits[list.cursor]?.modelId};
		}

		case 'hardware/details-toggled': {
			return {...hardware, isDetailsOpen: !hardware.isDetailsOpen};
		}

		case 'screen/resized': {
			return keepSelection(hardware, app);
		}

		default: {
			return hardware;
		}
	}
}

function keepSelection(hardware: HardwareState, {screen}: AppState): HardwareState {
	return followSelection(hardware, hardware.fits, fit => fit?.modelId, hardwareListRows(screen, hardware));
}
