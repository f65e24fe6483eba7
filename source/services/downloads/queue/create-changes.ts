import {isOpen, isSettled} from '../../../format/download-status.js';
import {UsageError} from '../../../errors/usage-error.js';
import {type Downloads} from '../downloads.js';
import {isLeased} from '../lease/lease.js';
import {applyChange} from './apply-change.js';
import {type QueueEntry} from './queue-entry.js';
import {type Queue} from './queue.js';
import {reorder} from './reorder.js';
import {type Scheduler} from './scheduler.js';

/**
What a user does to downloads that are in the queue. The same again, before the first has landed, does nothing more.
*/
export function createChanges({queue, scheduler, discard, inTurn, onChanged}: {
	readonly queue: Queue;
	readonly scheduler: Scheduler;
	/**
	Deletes what there is of one that is not installed.
	*/
	readonly discard: (entry: QueueEntry) => Promise<void>;
	/**
	Keeps what adds and what takes off apart.
	*/
	readonly inTurn: <Result>(run: () => Promise<Result>) => Promise<Result>;
	readonly onChanged: (kind: 'status') => void;
}): Pick<Downloads, 'pause' | 'cancel' | 'resume' | 'forget' | 'move' | 'configure'> {
	/**
	Ends an entry that waits or runs in the status given, unless it is done before.
	*/
	async function halt(entry: QueueEntry, intent: 'pause' | 'cancel'): Promise<void> {
		entry.halting++;
		try {
			await scheduler.stop(entry, intent);
			await settle(entry, intent);
		} finally {
			entry.halting--;
			scheduler.wake();
		}
	}

	async function settle(entry: QueueEntry, intent: 'pause' | 'cancel'): Promise<void> {
		const status = intent === 'pause' ? 'paused' : 'cancelled';
		const isDone = () => entry.status === 'completed' || entry.status === status || (intent === 'pause' && !isOpen(entry.status));
		// Before anything is waited for: once it has ended it may be resumed at any time, and must not be ended again.
		if (isDone()) {
			return;
		}

		await requireOwn(entry);
		if (isDone()) {
			return;
		}

		entry.end(status);
		entry.log(status);
		if (intent === 'cancel') {
			await discard(entry);
		}

		await keep(entry);
	}

	async function requireOwn({id, request}: QueueEntry): Promise<void> {
		if (await isLeased(queue.folderOf(id))) {
			throw new UsageError(`${request.name} is being downloaded by another Remuda.`, {code: 'download_elsewhere', hint: 'Stop it there.'});
		}
	}

	async function keep(...entries: readonly QueueEntry[]): Promise<void> {
		onChanged('status');
		scheduler.wake();
		await Promise.all(entries.map(async entry => queue.save(entry)));
	}

	async function resume(entry: QueueEntry): Promise<void> {
		// One that runs is not waited for, only one that is about to stop.
		if (entry.halting > 0) {
			await scheduler.idle(entry);
		}

		const {status} = entry;
		if (status === 'completed') {
			return;
		}

		if (!isSettled(status)) {
			await hurry(entry);
			return;
		}

		await queue.requireRoomFor(entry.request);
		// Cancelled, let go on or forgotten by somebody else meanwhile.
		if (entry.status !== status || queue.get(entry.id) !== entry) {
			return;
		}

		entry.log(status === 'paused' ? 'resumed' : 'tried again');
		entry.end('pending');
		entry.update({keepTrying: true});
		await keep(entry);
	}

	/**
	One that goes on by itself keeps trying from now on, and does not wait to.
	*/
	async function hurry(entry: QueueEntry): Promise<void> {
		const isWaiting = entry.view.retryAt !== undefined;
		if (entry.record.keepTrying && !isWaiting) {
			return;
		}

		entry.update({keepTrying: true, ...(isWaiting && {again: undefined})});
		if (isWaiting) {
			entry.log('tried again');
		}

		await keep(entry);
	}

	async function forget(entry: QueueEntry): Promise<void> {
		await scheduler.idle(entry);
		// Added again meanwhile, or forgotten by somebody else.
		if (isOpen(entry.status) || queue.get(entry.id) !== entry) {
			return;
		}

		await requireOwn(entry);
		await discard(entry);
		await queue.remove(entry);
		onChanged('status');
	}

	return {
		async pause(id) {
			await halt(await queue.require(id), 'pause');
		},
		async cancel(id) {
			await halt(await queue.require(id), 'cancel');
		},
		async resume(id) {
			const entry = await queue.require(id);
			await inTurn(async () => resume(entry));
		},
		async forget(id) {
			const entry = await queue.require(id);
			if (isOpen(entry.status)) {
				throw new UsageError(`${entry.request.name} is not done.`, {code: 'download_active', hint: 'Cancel it first.'});
			}

			await inTurn(async () => forget(entry));
		},
		async move(id, to) {
			const entry = await queue.require(id);
			// Those that are done are not in the way.
			const peers = queue.inOrder().filter(other => other === entry || (isOpen(other.status) && other.record.priority === entry.record.priority));
			const changes = reorder(peers.map(({record}) => record), id, to);
			if (changes.length === 0) {
				return;
			}

			const moved = changes.map(({id: other, order}) => {
				const found = queue.get(other)!;
				found.update({order});
				return found;
			});
			const place = queue.inOrder().filter(other => peers.includes(other)).indexOf(entry) + 1;
			entry.log(`moved to place ${place} of ${peers.length}`);
			await keep(...moved);
		},
		async configure(id, change) {
			const entry = await queue.require(id);
			applyChange(entry, change);
			await keep(entry);
		},
	};
}
