import {partialLost} from '../disk/partial-lost.js';
import {unlessAborted} from '../../flow/unless-aborted.js';
import {type Digests, type FollowingHash} from './hasher.js';
import {type HashThread} from './hash-thread.js';
import {type HashFailure} from './hash-messages.js';

// Slots of the array that both threads see, and how many bytes are worth waking the other for; the thread that hashes has the same.
const [availableSlot, positionSlot, waitingSlot] = [0, 1, 2];
const wakeBytes = 4_194_304;

let lastId = 0;

/**
Has a file hashed by the thread. How far each side is lies in memory that both see, so that neither disturbs the other for every block.
*/
export function followFile(thread: HashThread, path: string, {gitSize}: {readonly gitSize?: number}): FollowingHash {
	lastId++;
	const id = lastId;
	const progress = new BigInt64Array(new SharedArrayBuffer(24));
	Atomics.store(progress, waitingSlot, 1n);
	thread.post({
		type: 'follow', id, path, progress, ...(gitSize !== undefined && {gitSize}),
	});
	let closing: Promise<void> | undefined;
	return {
		get position() {
			return Number(Atomics.load(progress, positionSlot));
		},
		available(prefixBytes) {
			Atomics.store(progress, availableSlot, BigInt(prefixBytes));
			const isMuch = prefixBytes - Number(Atomics.load(progress, positionSlot)) >= wakeBytes;
			if (isMuch && Atomics.exchange(progress, waitingSlot, 0n) === 1n) {
				thread.post({type: 'wake', id});
			}
		},
		async digest({signal}) {
			signal.throwIfAborted();
			const {failure, sha256, gitSha1} = await unlessAborted(thread.call({type: 'digest', id}), {signal});
			if (failure !== undefined || sha256 === undefined) {
				throw toError(failure);
			}

			return {sha256, ...(gitSha1 !== undefined && {gitSha1})} satisfies Digests;
		},
		async close() {
			closing ??= release(thread, id);
			return closing;
		},
	};
}

async function release(thread: HashThread, id: number): Promise<void> {
	try {
		await thread.call({type: 'close', id});
	} catch {
		// A thread that ended holds nothing.
	}
}

function toError(failure: HashFailure | undefined): Error {
	return failure === undefined || failure.isShort || failure.code === 'ENOENT'
		? partialLost()
		: Object.assign(new Error(failure.message), {code: failure.code, syscall: failure.syscall});
}
