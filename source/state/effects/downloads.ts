import {once} from 'node:events';
import {nameWithQuantization} from '../../format/model-name.js';
import {type Services} from '../../services/services.js';
import {type Download} from '../../types/download.js';
import {type DownloadCommand} from '../reducers/downloads.js';
import {type Effects} from './effect.js';
import {errorNotice, infoNotice} from './notices.js';

export const downloadsEffects: Effects = {
	'downloads/watch-requested': {
		key: () => 'downloads/watch',
		async run(_action, {services, dispatch, signal}) {
			let known: readonly Download[] = [];
			const tell = (downloads: readonly Download[]) => {
				const finished = justCompleted(known, downloads);
				known = downloads;
				dispatch({type: 'downloads/changed', downloads, at: Date.now()});
				if (finished.length === 0) {
					return;
				}

				dispatch({type: 'library/refresh-requested'});
				dispatch(infoNotice(`${finished.map(({request}) => nameWithQuantization(request.name, request.quantization)).join(', ')}: here and verified. 3 shows what is installed.`));
			};

			const unsubscribe = services.downloads.subscribe(tell);
			try {
				await services.downloads.start();
				tell(services.downloads.list());
				if (!signal.aborted) {
					await once(signal, 'abort');
				}
			} finally {
				unsubscribe();
			}

			return undefined;
		},
		failed: error => ({type: 'downloads/watch-failed', error}),
	},
	'downloads/command-requested': {
		key: ({command, ids}) => `downloads/${command}:${ids.join(' ')}`,
		async run({command, ids}, {services}) {
			await Promise.all(ids.map(async id => carryOut(services, command, id)));
			return undefined;
		},
		failed: errorNotice,
	},
};

async function carryOut({downloads}: Services, command: DownloadCommand, id: string): Promise<void> {
	await downloads[command](id);
}

/**
Those that were still to come when last looked at. What was there already at the start is no news.
*/
function justCompleted(before: readonly Download[], now: readonly Download[]): readonly Download[] {
	const statuses = new Map(before.map(({id, status}) => [id, status]));
	return now.filter(({id, status}) => status === 'completed' && statuses.has(id) && statuses.get(id) !== 'completed');
}
