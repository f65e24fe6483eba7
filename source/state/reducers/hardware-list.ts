import {type Keypress} from '../../types/keypress.js';
import {type Action} from '../actions.js';
import {
	moveBy,
	startOfList,
	type ListMove,
	type ListView,
} from '../list-view.js';
import {selectFitRows} from '../selectors/hardware.js';
import {hardwareListRows, lastTopOf} from '../selectors/hardware-layout.js';
import {type AppState} from '../state.js';
import {editLine, emptyTextField, type TextField} from '../text-field.js';
import {type HardwareState} from './hardware.js';

export const fitSorts = ['recommended', 'speed', 'size', 'name', 'installed'] as const;
export type FitSort = (typeof fitSorts)[number];

/**
The list, its filter, or what takes the place of the tab: all that is known of the selected model or of the machine.
*/
export type HardwareFocus = 'list' | 'filter' | 'details' | 'machine';

/**
What of the models is looked at.
*/
export type HardwareListState = {
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
};

export type HardwareListAction =
	{readonly type: 'hardware/list-moved'; readonly move: ListMove}
	| {readonly type: 'hardware/focused'; readonly focus: HardwareFocus}
	| {readonly type: 'hardware/filter-typed'; readonly keypress: Keypress}
	| {readonly type: 'hardware/filter-cleared'}
	| {readonly type: 'hardware/sort-cycled'}
	/**
	By lines, down where it is positive.
	*/
	| {readonly type: 'hardware/scrolled'; readonly by: number};

export const initialHardwareList: HardwareListState = {
	focus: 'list', filter: emptyTextField, sort: 'recommended', list: startOfList, top: 0,
};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceHardwareList(hardware: HardwareState, action: Action, app: AppState): HardwareState {
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
