import {InterruptedError} from '../errors/interrupted-error.js';
import {isSettled} from '../format/download-status.js';
import {type CommandContext} from './command.js';
import {isHangup} from './hangup.js';

/**
Pauses the downloads that a person no longer waits for; those of a terminal that went away go on, and keep trying.
@throws InterruptedError once the command was stopped while some were not done.
*/
export async function pauseAtInterrupt(context: CommandContext, ids: readonly string[]): Promise<void> {
	const {signal, flags} = context;
	if (!signal.aborted) {
		return;
	}

	const {downloads} = await context.services();
	const wanted = new Set(ids);
	const running = downloads.list().filter(({id, status}) => wanted.has(id) && !isSettled(status));
	if (flags.background === true || isHangup(signal)) {
		// Nobody is there any more to be told of a failure.
		await Promise.allSettled(running.filter(({keepTrying}) => !keepTrying).map(async ({id}) => downloads.configure(id, {keepTrying: true})));
		throw new InterruptedError('Interrupted. What was queued goes on.');
	}

	// One that just ended cannot be paused any more, and need not be.
	await Promise.allSettled(running.map(async ({id}) => downloads.pause(id)));
	if (running.length > 0) {
		throw new InterruptedError('Interrupted. What was received is kept; the same command, or remuda downloads resume, goes on from there.');
	}
}
