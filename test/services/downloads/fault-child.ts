// A process that downloads as somebody who is not root, because root is refused nothing. Arguments: HOME ENDPOINT REQUEST. The message `resume` has it try again, and `end` ends it.
import process from 'node:process';
import {type DownloadRequest} from '../../../source/types/download.js';
import {openSession} from './session.js';

const [home = '', endpoint = '', request = ''] = process.argv.slice(2);
if (process.getuid?.() === 0) {
	const {uid, gid} = {uid: 65_534, gid: 65_534};
	process.setgroups?.([]);
	process.setgid?.(gid);
	process.setuid?.(uid);
}

const session = await openSession({home, endpoint, timing: {stall: 20_000, flush: 20, journal: 50}});
const {downloads} = session;
let status: string | undefined;
downloads.subscribe(([first]) => {
	if (first === undefined || first.status === status) {
		return;
	}

	({status} = first);
	process.send?.(first);
});
process.on('message', message => {
	if (message === 'resume') {
		void downloads.resume(downloads.list()[0]!.id);
	} else {
		void end();
	}
});
await downloads.start();
await downloads.add(JSON.parse(request) as DownloadRequest);

async function end(): Promise<void> {
	await session[Symbol.asyncDispose]();
	process.disconnect();
}
