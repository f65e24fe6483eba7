import {createInterface} from 'node:readline';
import {InterruptedError} from '../errors/interrupted-error.js';
import {UsageError} from '../errors/usage-error.js';
import {type CommandContext} from './command.js';

/**
Whether a person sits at both ends: one who reads stderr and types on stdin.
*/
export function canAsk({streams: {stdin, stderr}}: Pick<CommandContext, 'streams'>): boolean {
	return stdin.isTTY === true && stderr.isTTY === true;
}

/**
Lets a person confirm what cannot be undone; `--yes` confirms at once.
@throws UsageError `confirmation_needed` where nobody can be asked, or InterruptedError where the answer is no.
*/
export async function confirm(context: CommandContext, question: string): Promise<void> {
	if (context.flags.yes === true) {
		return;
	}

	if (context.output.json || !canAsk(context)) {
		throw new UsageError('This needs a confirmation, and there is no terminal to ask on.', {
			code: 'confirmation_needed',
			hint: 'Add --yes to go ahead.',
		});
	}

	if (!await isConfirmed(context, question)) {
		throw new InterruptedError('Nothing was changed.');
	}
}

/**
Whether a person says yes.
*/
export async function isConfirmed(context: CommandContext, question: string): Promise<boolean> {
	const answer = await ask(context, `${question} [y/N] `);
	return /^y(?:es)?$/iv.test(answer.trim());
}

/**
One line from the terminal; the end of the input is an empty answer.
*/
async function ask({streams: {stdin, stderr}, signal}: CommandContext, question: string): Promise<string> {
	signal.throwIfAborted();
	const lines = createInterface({input: stdin, output: stderr});
	const {promise, resolve, reject} = Promise.withResolvers<string>();
	const onAbort = () => {
		reject(signal.reason as Error);
	};

	signal.addEventListener('abort', onAbort, {once: true});
	// In raw mode Ctrl-C is a key, not a signal.
	lines.on('SIGINT', () => {
		reject(new InterruptedError());
	});
	lines.on('close', () => {
		resolve('');
	});
	try {
		lines.question(question, resolve);
		return await promise;
	} finally {
		signal.removeEventListener('abort', onAbort);
		lines.close();
	}
}
