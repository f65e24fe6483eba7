// A process that downloads until it is killed. Arguments: HOME ENDPOINT, then one request as JSON each.
import process from 'node:process';
import {type DownloadRequest} from '../../../source/types/download.js';
import {openSession} from './session.js';

const [home = '', endpoint = '', ...requests] = process.argv.slice(2);
const session = await openSession({home, endpoint});
session.downloads.subscribe(downloads => {
	const sum = (key: 'receivedBytes' | 'fetchedBytes') => downloads.reduce((total, download) => total + download[key], 0);
	process.send?.({received: sum('receivedBytes'), fetched: sum('fetchedBytes'), downloads});
});
await session.downloads.start();
await Promise.all(requests.map(async request => session.downloads.add(JSON.parse(request) as DownloadRequest)));
