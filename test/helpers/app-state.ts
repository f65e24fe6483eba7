import {initialState, reduce} from '../../source/state/reducers/root.js';
import {type Action} from '../../source/state/actions.js';
import {type AppState} from '../../source/state/state.js';
import {type InstalledModel} from '../../source/types/installed-model.js';

/**
The state after actions, from the very beginning.
*/
export function stateAfter(...actions: readonly Action[]): AppState {
	return continueFrom(initialState, ...actions);
}

export function continueFrom(state: AppState, ...actions: readonly Action[]): AppState {
	let next = state;
	for (const action of actions) {
		next = reduce(next, action);
	}

	return next;
}

/**
A record of the manifest, with what the test is about.
*/
export function installedModel(changes: Partial<InstalledModel> = {}): InstalledModel {
	return {
		id: 'starter',
		ref: 'starter',
		name: 'tinychat 2.6M',
		quantization: 'Q8_0',
		source: 'starter',
		path: '/models/tinychat.gguf',
		files: [],
		sizeBytes: 2_826_720,
		checksum: `sha256:${'0'.repeat(64)}`,
		downloadedAt: '2026-01-01T00:00:00.000Z',
		useCount: 0,
		...changes,
	};
}

export function libraryOf(...models: readonly InstalledModel[]): Action {
	return {
		type: 'library/refresh-succeeded',
		models,
		usage: {
			path: '/models', modelCount: models.length, modelBytes: 0, partialCount: 0, partialBytes: 0, diskTotalBytes: 100e9, diskFreeBytes: 50e9,
		},
	};
}
