// A client in a process of its own. Arguments: requests as JSON. It has them downloaded, and tells its parent what it sees, until it is killed.
import process from 'node:process';
import {resolvePaths} from '../../../../source/services/config/resolve-paths.js';
import {downloadRecordSchema} from '../../../../source/services/downloads/queue/download-record.js';
import {createDownloadsClient} from '../../../../source/services/downloads/worker/create-downloads-client.js';
import {openStorage} from '../../../../source/services/storage/open-storage.js';
import {type DownloadRequest} from '../../../../source/types/download.js';

const environment = process.env;
const paths = resolvePaths(environment);
const records = openStorage({path: paths.database}).records('downloads', downloadRecordSchema);
const downloads = createDownloadsClient({environment, paths, records});
downloads.subscribe(list => {
	process.send?.(list);
});
await downloads.start();
await Promise.all(process.argv.slice(2).map(async request => downloads.add(JSON.parse(request) as DownloadRequest)));
