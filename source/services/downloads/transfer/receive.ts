import {formatBytes} from '../../../format/bytes.js';
import {type PartialFile} from '../partial/partial-file.js';
import {createMagicCheck} from './not-a-model.js';
import {wrongSize, type RangeReply} from './open-range.js';
import {cutShort} from './setbacks.js';
import {type StallWatch} from './stall-watch.js';

export type ReceiveOptions = {
	readonly reply: RangeReply;
	readonly partial: PartialFile;
	readonly path: string;
	readonly sizeBytes: number;
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

/**
Takes the body of an answer into the partial file. Where the server began at 0 although more is there, what is there already is passed over.
@throws IntegrityError `wrong_size` for more bytes than announced, `not_a_model`; NetworkError `cut_short`.
*/
export async function receive({reply, partial, path, sizeBytes, flushAge, watch, onBytes}: ReceiveOptions): Promise<void> {
	const checkMagic = reply.start === 0 ? createMagicCheck(path) : () => undefined;
	let position = reply.start;
	let flushedAt = performance.now();
	await reply.response.drain(async piece => {
		watch.add(piece.length);
		onBytes(piece.length);
		checkMagic(piece);
		const end = position + piece.length;
		if (end > sizeBytes) {
			throw wrongSize(path, `${reply.response.url.host} sends more than the ${formatBytes(sizeBytes)} it announced`);
		}

		const known = partial.position - position;
		position = end;
		return known < piece.length ? keep(known > 0 ? piece.subarray(known) : piece) : undefined;
	});

	if (position < sizeBytes) {
		throw cutShort(reply.response.url.host);
	}

	function keep(piece: Uint8Array): Promise<void> | undefined {
		const writing = partial.write(piece);
		const now = performance.now();
		if (now - flushedAt < flushAge) {
			return writing && watch.exempt(writing);
		}

		flushedAt = now;
		return watch.exempt((async () => {
			await writing;
			await partial.flush();
		})());
	}
}
