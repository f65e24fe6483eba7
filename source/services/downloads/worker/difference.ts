import {isDeepStrictEqual} from 'node:util';
import {type Download} from '../../../types/download.js';
import {downloadSchema} from './download-schema.js';
import {type ClientMessage, type DownloadPatch, type WorkerMessage} from './protocol.js';

type Changes = Extract<WorkerMessage, {type: 'changes'}>;

// Of one message; what is more comes with the next.
const messageLength = 262_144;

/**
What turns one list of downloads into another, as the lines of messages; none where both say the same. A download that is the same object has not changed. Without a list before, also an empty one is told.
*/
export function describeDifference(before: readonly Download[] | undefined, after: readonly Download[]): readonly string[] {
	const known = new Map(before?.map(download => [download.id, download]));
	const patches = after.map(download => createPatch(known.get(download.id), download)).filter(patch => patch !== undefined);
	const isSameOrder = before?.length === after.length && before.every(({id}, index) => id === after[index]!.id);
	if (patches.length === 0 && isSameOrder) {
		return [];
	}

	const lines: string[] = [];
	let pending: DownloadPatch[] = [];
	let length = 0;
	for (const patch of patches) {
		pending.push(patch);
		length += JSON.stringify(patch).length;
		if (length <= messageLength) {
			continue;
		}

		lines.push(toLine({type: 'changes', downloads: pending}));
		pending = [];
		length = 0;
	}

	return [...lines, toLine({type: 'changes', downloads: pending, order: after.map(({id}) => id)})];
}

export function toLine(message: WorkerMessage | ClientMessage): string {
	return `${JSON.stringify(message)}\n`;
}

function createPatch(before: Download | undefined, after: Download): DownloadPatch | undefined {
	if (before === after) {
		return undefined;
	}

	const old: Readonly<Record<string, unknown>> = before ?? {};
	const changed = Object.entries(after).filter(([name, value]) => value !== undefined && !isSame(old[name], value));
	const isGone = (name: string) => old[name] !== undefined && (after as Readonly<Record<string, unknown>>)[name] === undefined;
	const unset = Object.keys(old).filter(name => isGone(name));
	return changed.length === 0 && unset.length === 0 ? undefined : {id: after.id, set: Object.fromEntries(changed), ...(unset.length > 0 && {unset})};
}

function isSame(one: unknown, other: unknown): boolean {
	return one === other || (typeof one === 'object' && isDeepStrictEqual(one, other));
}

/**
The list of downloads on the side of a client, put together from what a worker tells.
*/
export class ToldDownloads {
	readonly #downloads = new Map<string, Download>();
	/**
	Undefined before the first list is whole.
	*/
	list: readonly Download[] | undefined;

	/**
	Takes a message in.
	@returns Whether the list is another now.
	@throws Error Where it does not fit together.
	*/
	take({downloads, order}: Changes): boolean {
		for (const {id, set, unset = []} of downloads) {
			const before = this.#downloads.get(id);
			const kept = Object.entries(before ?? {}).filter(([name]) => !unset.includes(name));
			// Checked as a whole where there was none, or where something went; else the fields have been already.
			const next = {...Object.fromEntries(kept), ...set, id};
			this.#downloads.set(id, before === undefined || unset.length > 0 ? downloadSchema.parse(next) : next as Download);
		}

		if (order === undefined) {
			return false;
		}

		const wanted = new Set(order);
		for (const id of this.#downloads.keys()) {
			if (!wanted.has(id)) {
				this.#downloads.delete(id);
			}
		}

		this.list = order.map(id => {
			const download = this.#downloads.get(id);
			if (download === undefined) {
				throw new Error(`The worker names ${id}, and never told of it.`);
			}

			return download;
		});
		return true;
	}
}
