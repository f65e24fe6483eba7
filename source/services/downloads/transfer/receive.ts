import {IntegrityError} from '../../../errors/integrity-error.js';
import {formatBytes} from '../../../format/bytes.js';
import {type Abortable} from '../../../types/abortable.js';
import {type RangeWriter} from '../partial/range-writer.js';
import {type RangeReply} from './check-reply.js';
import {createMagicCheck} from './not-a-model.js';
import {cutShort} from './setbacks.js';
import {type StallWatch} from './stall-watch.js';
import {type TransferOptions} from './transfer-options.js';

/**
What a connection is to bring; `end` may come nearer while it does.
*/
export type Receiving = {
	position: number;
	readonly end: number;
};

export type ReceiveOptions = Abortable & Pick<TransferOptions, 'throttle'> & {
	readonly reply: RangeReply;
	readonly claim: Receiving;
	readonly writer: RangeWriter;
	readonly path: string;
	readonly sizeBytes: number;
	/**
	Whether wrong bytes would be found out in the end.
	*/
	readonly isVerifiable: boolean;
	/**
	Milliseconds that received bytes may wait in memory.
	*/
	readonly flushAge: number;
	readonly watch: StallWatch;
	/**
	Told of every piece as it comes in.
	*/
	readonly onBytes: (bytes: number) => void;
};

// Ends a connection that has brought enough; never leaves this file.
const enough = new Error('The range is there.');

/**
Takes the body of an answer into the partial file, up to the end of the claim, and moves its position along.
What a server sends beyond it is dropped, where the hash of the file will tell whether the rest is right.
@throws IntegrityError `wrong_size` for more bytes than the file has and no hash, `not_a_model`; NetworkError `cut_short`.
*/
export async function receive(options: ReceiveOptions): Promise<void> {
	const {reply, claim, writer, path, sizeBytes, isVerifiable, flushAge, watch, throttle, onBytes, signal} = options;
	const {host} = reply.response.url;
	const checkMagic = reply.start === 0 ? createMagicCheck(path) : undefined;
	let flushedAt = performance.now();

	function take(piece: Uint8Array): Promise<void> | undefined {
		watch.add(piece.length);
		onBytes(piece.length);
		checkMagic?.(piece);
		const room = claim.end - claim.position;
		const isSurplus = piece.length > room;
		if (isSurplus && claim.end === sizeBytes && !isVerifiable) {
			throw wrongSize(path, host, sizeBytes);
		}

		const wanted = isSurplus ? piece.subarray(0, room) : piece;
		claim.position += wanted.length;
		const work = together(keep(wanted), throttle(piece.length, {signal}));
		const isEnough = claim.position === claim.end && (isSurplus || claim.end < reply.end);
		return isEnough ? finish(work) : work && watch.exempt(work);
	}

	async function finish(work: Promise<void> | undefined): Promise<void> {
		await (work && watch.exempt(work));
		throw enough;
	}

	function keep(piece: Uint8Array): Promise<void> | undefined {
		const writing = writer.write(piece);
		const now = performance.now();
		if (now - flushedAt < flushAge) {
			return writing;
		}

		flushedAt = now;
		return flushAfter(writing, writer);
	}

	try {
		await reply.response.drain(take);
	} catch (error) {
		if (error !== enough) {
			throw error;
		}
	}

	// A server may announce less than it was asked for; then the rest is asked for again.
	if (claim.position < Math.min(claim.end, reply.end)) {
		throw cutShort(host);
	}
}

function wrongSize(path: string, host: string, sizeBytes: number): IntegrityError {
	return new IntegrityError(`${path} has the wrong size: ${host} sends more than the ${formatBytes(sizeBytes)} it announced.`, {
		code: 'wrong_size',
		hint: 'Try again later, or choose another variant.',
	});
}

async function flushAfter(writing: Promise<void> | undefined, writer: RangeWriter): Promise<void> {
	await writing;
	await writer.flush();
}

function together(one: Promise<void> | undefined, other: Promise<void> | undefined): Promise<void> | undefined {
	return one === undefined || other === undefined ? one ?? other : both(one, other);
}

async function both(one: Promise<void>, other: Promise<void>): Promise<void> {
	await Promise.all([one, other]);
}
