import {type ErrorReport} from '../../types/error-report.js';
import {type HardwareMeters, type HardwareReport} from '../../types/hardware.js';
import {type SandboxReport} from '../../types/engine.js';
import {type Fit} from '../../types/speed.js';
import {type Action} from '../actions.js';
import {followSelection} from '../list-view.js';
import {selectFitRows} from '../selectors/hardware.js';
import {hardwareListRows} from '../selectors/hardware-layout.js';
import {type AppState} from '../state.js';
import {
	initialHardwareList,
	reduceHardwareList,
	type HardwareListAction,
	type HardwareListState,
} from './hardware-list.js';

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

export type HardwareState = HardwareListState & {
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
	readonly error?: ErrorReport;
};

export type HardwareAction = HardwareListAction | MachineAction;

type MachineAction =
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
	| {readonly type: 'hardware/metered'; readonly meters: HardwareMeters};

/**
Samples kept for the picture of the load.
*/
const historyLength = 120;

export const initialHardware: HardwareState = {...initialHardwareList, loadHistory: [], isMeasuring: false};

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
			return reduceHardwareList(hardware, action, app);
		}
	}
}
