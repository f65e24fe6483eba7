import process from 'node:process';

/**
Why the app ends from outside: a signal, or an error that nobody caught.
*/
export type EndReason = {readonly signal: NodeJS.Signals} | {readonly error: unknown};

export type EndWatch = {
	/**
	Resolves with the first reason.
	*/
	readonly ended: Promise<EndReason>;
	/**
	Resolves when somebody is impatient: Ctrl-C or SIGTERM after the end has begun.
	*/
	readonly hurried: Promise<NodeJS.Signals>;
	/**
	The end has begun from inside: the next signal is an impatient one.
	*/
	readonly beginEnd: () => void;
	readonly stop: () => void;
};

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
Watch for what ends the app: signals, uncaught errors (also rejections), and input that ends because the terminal has gone, which counts as SIGHUP.
*/
export function watchForEnd(stdin: NodeJS.ReadStream): EndWatch {
	const ended = Promise.withResolvers<EndReason>();
	const hurried = Promise.withResolvers<NodeJS.Signals>();
	let isEnding = false;

	const end = (reason: EndReason) => {
		isEnding = true;
		ended.resolve(reason);
	};

	const handleSignal = (signal: NodeJS.Signals) => {
		if (!isEnding) {
			end({signal});
		} else if (signal !== 'SIGHUP') {
			hurried.resolve(signal);
		}
	};

	const handleError = (error: unknown) => {
		end({error});
	};

	const handleHangUp = () => {
		end({signal: 'SIGHUP'});
	};

	for (const signal of signals) {
		process.on(signal, handleSignal);
	}

	process.on('uncaughtException', handleError);
	stdin.on('end', handleHangUp);
	stdin.on('error', handleHangUp);

	return {
		ended: ended.promise,
		hurried: hurried.promise,
		beginEnd() {
			isEnding = true;
		},
		stop() {
			for (const signal of signals) {
				process.off(signal, handleSignal);
			}

			process.off('uncaughtException', handleError);
			stdin.off('end', handleHangUp);
			// The error listener stays: a terminal that has gone may say so at any later use.
		},
	};
}
