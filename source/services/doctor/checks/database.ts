import {existsSync} from 'node:fs';
import {sanitizeLine} from '../../../format/sanitize.js';
import {benchmarkRunSchema} from '../../bench/benchmark-schema.js';
import {createConversations} from '../../chat/create-conversations.js';
import {downloadRecordSchema} from '../../downloads/queue/download-record.js';
import {createManifest} from '../../manifest/create-manifest.js';
import {openStorage} from '../../storage/open-storage.js';
import {type Storage} from '../../storage/storage.js';
import {type Check, type Finding} from '../check.js';

export const database: Check = {
	id: 'database',
	label: 'Database',
	async look({paths}) {
		if (!existsSync(paths.database)) {
			return {status: 'ok', detail: 'none yet; made when it is needed'};
		}

		const storage = openStorage({path: paths.database});
		try {
			const [first, ...others] = await storage.check();
			return first === undefined
				? await lookAtRecords(storage)
				: {
					status: 'error',
					detail: others.length === 0 ? first : `${first} (and ${others.length} more)`,
					hint: `Move ${paths.database} away; Remuda makes a new one. Downloaded files stay.`,
				};
		} finally {
			await storage.close();
		}
	},
};

/**
A record that cannot be read is left out everywhere else without a word, so it is told here.
*/
async function lookAtRecords(storage: Storage): Promise<Finding> {
	await Promise.all([
		createManifest({storage}).list(),
		createConversations({storage}).list(),
		storage.records('downloads', downloadRecordSchema).list(),
		storage.records('benchmarks', benchmarkRunSchema).list(),
	]);
	const [first, ...others] = storage.brokenRecords();
	return first === undefined
		? {status: 'ok', detail: storage.path}
		: {
			status: 'warning',
			detail: sanitizeLine(`${others.length + 1} of its records cannot be read, among them ${first.namespace} ${first.key}: ${first.reason}`),
			hint: 'They are left out and left alone. A newer Remuda may have written them; files of models that are missing from the list can be downloaded again.',
		};
}
