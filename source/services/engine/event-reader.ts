import {type Readable} from 'node:stream';
import * as z from 'zod/mini';
import {createLineReader} from '../flow/line-reader.js';
import {type HostEvent, hostEventSchema, maximumEventLength} from './protocol.js';

/**
Reads what a host says. A hostile model file may have taken the host over, so whatever comes is bounded and checked;
after the first line that a host of ours would not write, `onViolation` is called, once, and nothing more is read.
*/
export function readEvents(stream: Readable, {onEvent, onViolation}: {
	readonly onEvent: (event: HostEvent) => void;
	readonly onViolation: () => void;
}): void {
	let isViolated = false;
	const violate = () => {
		if (isViolated) {
			return;
		}

		isViolated = true;
		onViolation();
	};

	stream.on('data', createLineReader({
		maximumLength: maximumEventLength,
		onLine(line) {
			const event = isViolated ? undefined : parseEvent(line);
			if (event) {
				onEvent(event);
			} else {
				violate();
			}
		},
		onOverflow: violate,
	}));
	stream.on('error', () => {
		// A line that breaks with its host is no news: the exit is.
	});
}

function parseEvent(line: string): HostEvent | undefined {
	try {
		return z.safeParse(hostEventSchema, JSON.parse(line)).data;
	} catch {
		return undefined;
	}
}
