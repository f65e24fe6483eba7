import {NotFoundError} from '../../../errors/not-found-error.js';
import {isSettled} from '../../../format/download-status.js';
import {type Abortable} from '../../../types/abortable.js';
import {type Download} from '../../../types/download.js';

/**
Resolves with a download once nothing happens to it any more.
@throws NotFoundError `download_not_found` once it is taken off the list.
*/
export async function waitUntilSettled({find, subscribe, signal}: Abortable & {
	readonly find: () => Download | undefined;
	readonly subscribe: (listener: () => void) => () => void;
}): Promise<Download> {
	const {promise, resolve, reject} = Promise.withResolvers<Download>();
	const look = () => {
		const download = find();
		if (download === undefined) {
			reject(new NotFoundError('The download was taken off the list.', {code: 'download_not_found'}));
		} else if (isSettled(download.status)) {
			resolve(download);
		}
	};

	const abort = () => {
		reject(signal.reason as Error);
	};

	const unsubscribe = subscribe(look);
	signal.addEventListener('abort', abort);
	try {
		signal.throwIfAborted();
		look();
		return await promise;
	} finally {
		unsubscribe();
		signal.removeEventListener('abort', abort);
	}
}
