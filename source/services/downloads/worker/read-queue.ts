import path from 'node:path';
import {type Download} from '../../../types/download.js';
import {type Paths} from '../../config/paths.js';
import {type Records} from '../../storage/storage.js';
import {isLeased} from '../lease/lease.js';
import {type DownloadRecord} from '../queue/download-record.js';
import {createQueue, type Queue} from '../queue/queue.js';

/**
The queue as it is on disk, read by a process that does not work it.
*/
export type QueueReader = {
	readonly read: () => Promise<readonly Download[]>;
	/**
	@throws NotFoundError `download_not_found`.
	*/
	readonly require: (id: string) => Promise<void>;
	readonly isPartialNeeded: (file: string) => Promise<boolean>;
};

export function createQueueReader({records, paths}: {
	readonly records: Records<DownloadRecord>;
	readonly paths: Pick<Paths, 'models' | 'partials'>;
}): QueueReader {
	async function load(): Promise<Queue> {
		const queue = createQueue({records, paths, now: Date.now});
		await queue.load();
		return queue;
	}

	return {
		async read() {
			const queue = await load();
			return queue.inOrder().map(({view}) => view);
		},
		async require(id) {
			const queue = await load();
			await queue.require(id);
		},
		async isPartialNeeded(file) {
			const [name] = path.relative(paths.partials, path.resolve(file)).split(path.sep);
			if (name === undefined) {
				return false;
			}

			const queue = await load();
			return queue.isNeeded(name) || isLeased(queue.folderOf(name));
		},
	};
}
