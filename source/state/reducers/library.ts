import {type CacheUsage} from '../../types/cache.js';
import {type ErrorReport} from '../../types/error-report.js';
import {type InstalledModel} from '../../types/installed-model.js';

/**
What is installed; read by every tab.
*/
export type LibraryState = {
	readonly status: 'loading' | 'ready' | 'failed';
	readonly models: readonly InstalledModel[];
	readonly usage?: CacheUsage;
	readonly error?: ErrorReport;
};

export type LibraryAction =
	{readonly type: 'library/refresh-requested'}
	| {readonly type: 'library/refresh-succeeded'; readonly models: readonly InstalledModel[]; readonly usage: CacheUsage}
	| {readonly type: 'library/refresh-failed'; readonly error: ErrorReport};

export const initialLibrary: LibraryState = {status: 'loading', models: []};

export function reduceLibrary(library: LibraryState, action: LibraryAction): LibraryState {
	switch (action.type) {
		case 'library/refresh-requested': {
			// What is shown stays until the new list is there.
			return library;
		}

		case 'library/refresh-succeeded': {
			return {status: 'ready', models: action.models, usage: action.usage};
		}

		case 'library/refresh-failed': {
			return {...library, status: 'failed', error: action.error};
		}
	}
}
