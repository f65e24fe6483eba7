import {type ErrorReport} from '../../types/error-report.js';
import {type HardwareMeters, type HardwareReport} from '../../types/hardware.js';
import {type SandboxReport} from '../../types/engine.js';
import {type Keypress} from '../../types/keypress.js';
import {type Fit} from '../../types/speed.js';
import {type Action} from '../actions.js';
import {
	followSelection,
	moveBy,
	startOfList,
	type ListMove,
	type ListView,
} from '../list-view.js';
import {selectFitRows} from '../selectors/hardware.js';
import {hardwareListRows, lastTopOf} from '../selectors/hardware-layout.js';
import {type AppState} from '../state.js';
import {editLine, emptyTextField, type TextField} from '../text-field.js';

/**
How one model would run on a machine.
*/
export type ModelFit = {
	/**
	Of the registry, or of an installed model.
	*/
	readonly modelId: string;
	readonly verdict: Fit;
};

/**
What Remuda would choose by itself, and why.
*/
export type ModelChoice = {
	readonly modelId?: string;
	readonly reason: string;
};

/**
A machine, and what every model would be on it.
*/
export type JudgedMachine = {
	readonly report: HardwareReport;
	/**
	In the words in which a machine is described, such as `RTX 4090, 64 GB`.
	*/
	readonly description: string;
	/**
	Recommended models first, the largest that fits first.
	*/
	readonly fits: readonly ModelFit[];
	readonly selection: ModelChoice;
};

export const fitSorts = ['recommended', 'speed', 'size', 'name', 'installed'] as const;
export type FitSort = (typeof fitSorts)[number];

/**
The list, its filter, or what takes the place of the tab: all that is known of the selected model or of the machine.
*/
export type HardwareFocus = 'list' | 'filter' | 'details' | 'machine';

export type HardwareState = {
	/**
	This machine; missing until it was looked at.
	*/
	readonly real?: JudgedMachine;
	/**
	One that was described instead, for as long as somebody asks what would be if.
	*/
	readonly simulated?: JudgedMachine;
	readonly sandbox?: SandboxReport;
	readonly meters?: HardwareMeters;
	/**
	CPU load in percent, oldest first.
	*/
	readonly loadHistory: readonly number[];
	/**
	Whether the bandwidth of the memory is being measured now.
	*/
	readonly isMeasuring: boolean;
	readonly focus: HardwareFocus;
	readonly filter: TextField;
	readonly sort: FitSort;
	readonly list: ListView;
	/**
	The id of the model the cursor was put on: it stays there when the order changes with the memory that is free.
	*/
	readonly selectedKey?: string;
	/**
	The first line shown of details that are longer than their place.
	*/
	readonly top: number;
	readonly error?: ErrorReport;
};

export type HardwareAction =
	{readonly type: 'hardware/probe-requested'}
	| {readonly type: 'hardware/probe-succeeded'; readonly machine: JudgedMachine}
	| {readonly type: 'hardware/probe-failed'; readonly error: ErrorReport}
	| {readonly type: 'hardware/sandbox-found'; readonly sandbox: SandboxReport}
	/**
	By a description such as `RTX 4090, 64 GB`.
	*/
	| {readonly type: 'hardware/simulation-requested'; readonly description: string}
	| {readonly type: 'hardware/simulation-succeeded'; readonly machine: JudgedMachine}
	| {readonly type: 'hardware/simulation-failed'; readonly description: string; readonly error: ErrorReport}
	| {readonly type: 'hardware/simulation-ended'}
	| {readonly type: 'hardware/bandwidth-requested'}
	| {readonly type: 'hardware/bandwidth-measured'}
	| {readonly type: 'hardware/bandwidth-failed'; readonly error: ErrorReport}
	| {readonly type: 'hardware/watch-requested'}
	| {readonly type: 'hardware/watch-failed'; readonly error: ErrorReport}
	| {readonly type: 'hardware/metered'; readonly meters: HardwareMeters}
	| {readonly type: 'hardware/list-moved'; readonly move: ListMove}
	| {readonly type: 'hardware/focused'; readonly focus: HardwareFocus}
	| {readonly type: 'hardware/filter-typed'; readonly keypress: Keypress}
	| {readonly type: 'hardware/filter-cleared'}
	| {readonly type: 'hardware/sort-cycled'}
	/**
	By lines, down where it is positive.
	*/
	| {readonly type: 'hardware/scrolled'; readonly by: number};

/**
Samples kept for the picture of the load.
*/
const historyLength = 120;

export const initialHardware: HardwareState = {
	loadHistory: [], isMeasuring: false, focus: 'list', filter: emptyTextField, sort: 'recommended', list: startOfList, top: 0,
};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceHardware(hardware: HardwareState, action: Action, app: AppState): HardwareState {
	if (action.type.startsWith('hardware/') || action.type === 'screen/resized' || action.type === 'library/refresh-succeeded' || action.type === 'registry/loaded') {
		const changed = change(hardware, action, app);
		return followSelection(changed, selectFitRows({...app, hardware: changed}), row => row?.modelId, hardwareListRows({...app, hardware: changed}));
	}

	return hardware;
}

function change(hardware: HardwareState, action: Action, app: AppState): HardwareState {
	switch (action.type) {
		case 'hardware/probe-succeeded': {
			return {...hardware, real: action.machine, error: undefined};
		}

		case 'hardware/simulation-succeeded': {
			return {...hardware, simulated: action.machine, error: undefined};
		}

		case 'hardware/simulation-ended': {
			return hardware.simulated ? {...hardware, simulated: undefined} : hardware;
		}

		case 'hardware/watch-failed':
		case 'hardware/probe-failed': {
			return {...hardware, error: action.error};
		}

		case 'hardware/bandwidth-requested': {
			return {...hardware, isMeasuring: true, error: undefined};
		}

		case 'hardware/bandwidth-measured': {
			return {...hardware, isMeasuring: false};
		}

		case 'hardware/bandwidth-failed': {
			return {...hardware, isMeasuring: false, error: action.error};
		}

		case 'hardware/sandbox-found': {
			return {...hardware, sandbox: action.sandbox};
		}

		case 'hardware/metered': {
			const {meters} = action;
			return {...hardware, meters, loadHistory: [...hardware.loadHistory, meters.cpuLoadPercent].slice(-historyLength)};
		}

		default: {
			return look(hardware, action, app);
		}
	}
}

/**
What is looked at.
*/
function look(hardware: HardwareState, action: Action, app: AppState): HardwareState {
	switch (action.type) {
		case 'hardware/list-moved': {
			const rows = selectFitRows({...app, hardware});
			const list = moveBy(hardware.list, action.move, rows.length, hardwareListRows({...app, hardware}));
			return list === hardware.list
				? hardware
				: {
					...hardware, list, selectedKey: rows[list.cursor]?.modelId, top: 0,
				};
		}

		case 'hardware/focused': {
			return hardware.focus === action.focus ? hardware : {...hardware, focus: action.focus, top: 0};
		}

		case 'hardware/filter-typed': {
			const filter = editLine(hardware.filter, action.keypress);
			return filter.value === hardware.filter.value ? {...hardware, filter} : startOver({...hardware, filter});
		}

		case 'hardware/filter-cleared': {
			return startOver({...hardware, filter: emptyTextField});
		}

		case 'hardware/sort-cycled': {
			return startOver({...hardware, sort: fitSorts[(fitSorts.indexOf(hardware.sort) + 1) % fitSorts.length] ?? 'recommended'});
		}

		case 'hardware/scrolled': {
			const top = Math.max(0, Math.min(lastTopOf({...app, hardware}), hardware.top + action.by));
			return top === hardware.top ? hardware : {...hardware, top};
		}

		default: {
			return hardware;
		}
	}
}

/**
Another list begins at its first row.
*/
function startOver(hardware: HardwareState): HardwareState {
	return {
		...hardware, list: startOfList, selectedKey: undefined, top: 0,
	};
}
