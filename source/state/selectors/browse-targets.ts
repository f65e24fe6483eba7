import {type DownloadTarget} from '../reducers/browse.js';
import {type AppState} from '../state.js';
import {type BrowseRow} from './browse-rows.js';

/**
What a row downloads: the registry's variant, or the best variant of a repository.
*/
export function targetOf({key, name, quantization, origin}: BrowseRow): DownloadTarget {
	return {ref: key, name: origin === 'registry' ? `${name} (${quantization})` : name, isRepository: origin === 'hub'};
}

/**
All that is marked, also what the search does not show any more. A row's key is a model reference, so it is enough.
*/
export function selectMarkedTargets({browse, registry}: AppState): readonly DownloadTarget[] {
	const byId = new Map(registry.map(model => [model.id, model]));
	return [...browse.marked].map((key): DownloadTarget => {
		const model = byId.get(key);
		return {ref: key, name: model?.name ?? key.replace('hf:', ''), isRepository: model === undefined};
	});
}
