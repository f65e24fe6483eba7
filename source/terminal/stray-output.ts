import process from 'node:process';

type Stream = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;

export type StrayOutput = {
	/**
	The last of what was caught.
	*/
	readonly text: () => string;
	/**
	Let everything reach the terminal again.
	*/
	readonly release: () => void;
};

const keptLength = 16_384;

/**
While the app has the screen, nothing else may write there: what goes to the given streams, as by `console`, and Node's own warnings, is caught and kept. A stream that is not a terminal, as with `2>log`, is left alone.
*/
export function catchStrayOutput(streams: readonly Stream[]): StrayOutput {
	let text = '';
	const keep = (data: string) => {
		text = (text + data).slice(-keptLength);
	};

	const decoder = new TextDecoder();
	const caught = streams.filter(stream => stream.isTTY);
	const originals = caught.map(stream => Object.getOwnPropertyDescriptor(stream, 'write'));
	for (const stream of caught) {
		stream.write = (data: string | Uint8Array, ...rest: unknown[]) => {
			keep(typeof data === 'string' ? data : decoder.decode(data));
			const callback = rest.at(-1);
			if (typeof callback === 'function') {
				process.nextTick(callback);
			}

			return true;
		};
	}

	// Node writes warnings past process.stderr.
	const warningListeners = process.listeners('warning');
	const keepWarning = (warning: Error) => {
		keep(`${warning.name}: ${warning.message}\n`);
	};

	process.removeAllListeners('warning');
	process.on('warning', keepWarning);

	return {
		text: () => text,
		release() {
			for (const [index, stream] of caught.entries()) {
				const original = originals[index];
				if (original) {
					Object.defineProperty(stream, 'write', original);
				} else {
					Reflect.deleteProperty(stream, 'write');
				}
			}

			process.off('warning', keepWarning);
			for (const listener of warningListeners) {
				process.on('warning', listener);
			}
		},
	};
}
