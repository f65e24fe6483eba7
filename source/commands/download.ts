import {InterruptedError} from '../errors/interrupted-error.js';
import {type Command, type CommandContext} from './command.js';
import {createAdder, type Adder} from './download-adder.js';
import {tellEnd, tellInstalled, tellQueued} from './download-end.js';
import {followDownloads, type FollowedDownloads} from './download-progress.js';
import {readSettings, settingFlags} from './download-settings.js';
import {pauseAtInterrupt} from './download-interrupt.js';
import {runJob} from './job.js';
import {adviseRoom} from './no-room.js';
import {readReferences, type TypedReference} from './reference-list.js';
import {throwFirst} from './throw-first.js';

export const command: Command = {
	usage: ['download REF... [FLAGS]', 'download --from FILE [FLAGS]'],
	description: [
		'Goes on where an earlier download of the same file stopped, and waits until all are done.',
		'Ctrl-C pauses them and keeps what was received; a terminal that goes away (SIGHUP) leaves them running.',
		'With --background they are only queued, and remuda downloads shows them; what the network fails then is tried again for up to a day.',
		'With --json the last line about each is completed or failed; with --background queued or failed.',
	].join(' '),
	flags: {
		from: {type: 'string', placeholder: 'FILE', description: 'Read references from FILE, or from stdin with -: one a line, # begins a comment'},
		acceptLicense: {type: 'boolean', description: 'Accept licences with terms of their own; without it each is asked for, once'},
		...settingFlags,
		background: {type: 'boolean', description: 'Put them in the queue and return'},
		quiet: {type: 'boolean', description: 'No progress and no notices on stderr'},
	},
	examples: [
		'download qwen2.5-coder-7b-q5',
		'download hf:bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M --json',
		'download gemma-3-1b-q4 --accept-license --at 02:00 --limit-rate 5MB',
		'download --from models.txt --background --between 23:00-07:00',
	],
	exitCodes: {
		3: 'no such model',
		4: 'the hub cannot be reached',
		5: 'a file is not what it should be',
		6: 'no space; what could be removed is told',
		8: 'a token or an accepted licence is missing',
		9: 'the hub asks to wait',
		129: 'the terminal went away; the downloads go on',
		130: 'interrupted; what was received is kept',
	},
	async run(given) {
		const settings = readSettings(given.flags);
		const references = await readReferences(given);
		const stopping = new AbortController();
		const context = {...given, signal: AbortSignal.any([given.signal, stopping.signal])};
		const {downloads} = await context.services();
		const followed = followDownloads(context, downloads);
		const adder = createAdder(context, {followed, settings});
		try {
			await downloads.start();
			const results = await Promise.allSettled(references.map(async reference => downloadOne(context, reference, {adder, followed, stopping})));
			await pauseAtInterrupt(context, adder.added());
			throwFirst(context, results);
		} finally {
			followed.stop();
		}
	},
};

/**
Its last line of JSON is `completed` or `failed`; in the background `queued` or `failed`.
*/
async function downloadOne(context: CommandContext, reference: TypedReference, {adder: {add}, followed, stopping}: {
	readonly adder: Adder;
	readonly followed: FollowedDownloads;
	/**
	Ends all of them: a person who is asked about one may interrupt instead.
	*/
	readonly stopping: AbortController;
}): Promise<void> {
	const {downloads, inventory} = await context.services();
	const isBackground = context.flags.background === true;
	let remainingBytes = 0;
	await runJob(context, {ref: reference.text}, async () => {
		try {
			const added = await add(reference);
			if ('installed' in added) {
				return tellInstalled(context, added.installed);
			}

			if (isBackground) {
				return {...tellQueued(context, added.download), type: 'queued'};
			}

			const download = await downloads.settled(added.download.id, {signal: context.signal});
			remainingBytes = download.totalBytes - download.receivedBytes;
			return await tellEnd(context, followed.ofThisRun(download));
		} catch (error) {
			if (error instanceof InterruptedError) {
				stopping.abort(error);
			}

			throw await adviseRoom(error, {inventory, remainingBytes});
		}
	});
}
