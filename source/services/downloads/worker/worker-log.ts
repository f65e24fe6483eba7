import {
	appendFileSync,
	mkdirSync,
	renameSync,
	statSync,
} from 'node:fs';
import path from 'node:path';
import {sanitizeLine} from '../../../format/sanitize.js';
import {type Download, type DownloadEvent} from '../../../types/download.js';
import {redactUrl} from '../../network/redact-url.js';

export type WorkerLog = {
	/**
	Adds a line; what is not about one download has no id. A log that cannot be written stops nothing.
	*/
	readonly write: (text: string, about?: {readonly id?: string; readonly at?: string}) => void;
};

const maximumBytes = 1_048_576;

export function workerLogPath(home: string): string {
	return path.join(home, 'logs', 'downloads.log');
}

/**
The log of the worker: a line an event, with its time. A full one is kept once, as `.1`.
*/
export function openWorkerLog(home: string): WorkerLog {
	const file = workerLogPath(home);
	return {
		write(text, {id = '-', at = new Date().toISOString()} = {}) {
			const line = `${at} ${sanitizeLine(id)} ${withoutSecrets(sanitizeLine(text))}\n`;
			try {
				makeLogFolder(file);
				if ((statSync(file, {throwIfNoEntry: false})?.size ?? 0) + line.length > maximumBytes) {
					renameSync(file, `${file}.1`);
				}

				appendFileSync(file, line, {mode: 0o600});
			} catch {
				// What matters is in the queue.
			}
		},
	};
}

/**
Makes the folder, not the home: one that was removed stays so.
*/
function makeLogFolder(file: string): void {
	try {
		mkdirSync(path.dirname(file), {mode: 0o700});
	} catch {
		// It is there, or the next step says so.
	}
}

/**
Writes what is new in the logs of the downloads, each time it is called. What is there at the first call was written by an earlier worker.
*/
export function createEventWriter(log: WorkerLog): (downloads: readonly Download[]) => void {
	let known: ReadonlyMap<string, readonly DownloadEvent[]> | undefined;
	return downloads => {
		for (const {id, events} of known === undefined ? [] : downloads) {
			for (const {at, text} of newEvents(known?.get(id) ?? [], events)) {
				log.write(text, {id, at});
			}
		}

		known = new Map(downloads.map(({id, events}) => [id, events]));
	};
}

/**
Those after the last that was there before. One that happens again is another event in the place of the last one: it counts how often.
*/
function newEvents(before: readonly DownloadEvent[], after: readonly DownloadEvent[]): readonly DownloadEvent[] {
	const isKnown = ({at, text}: DownloadEvent) => before.some(event => event.at === at && event.text === text);
	return before === after ? [] : after.slice(after.findLastIndex(event => isKnown(event)) + 1);
}

function withoutSecrets(text: string): string {
	return text.replaceAll(/https?:\/\/[^\s"'<>]+/gv, url => redactUrl(url)).replaceAll(/\bhf_\w+/gv, 'hf_…');
}
