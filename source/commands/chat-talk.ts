import {createInterface, type Interface} from 'node:readline';
import {InterruptedError} from '../errors/interrupted-error.js';
import {isAbort} from '../errors/to-error-report.js';
import {type Conversation} from '../types/conversation.js';
import {applyLine, askModel} from './chat-turn.js';
import {type CommandContext} from './command.js';
import {reportError} from './report-error.js';

/**
With a person: a failure is told and the conversation goes on; Ctrl-C stops an answer, or ends the conversation.
*/
export async function talk(context: CommandContext, start: Conversation, banner: string): Promise<void> {
	const {streams: {stdin, stderr}, signal, output} = context;
	const lines = createInterface({
		input: stdin, output: stderr, signal, prompt: '> ',
	});
	const stop = createStop(lines);
	output.notice(`${banner} /new starts over, /system TEXT sets the system prompt, /exit ends; Ctrl-C stops an answer.`);
	let conversation: Conversation | 'exit' = start;
	// Listens from here on: what is typed at once is not lost.
	const typed = lines[Symbol.asyncIterator]();
	lines.prompt();
	try {
		for await (const line of typed) {
			conversation = await takeTurn(context, conversation, line, stop);
			if (conversation === 'exit') {
				return;
			}

			lines.prompt();
		}
	} finally {
		lines.close();
	}

	signal.throwIfAborted();
	if (stop.wasInterrupted()) {
		throw new InterruptedError();
	}
}

async function takeTurn(context: CommandContext, conversation: Conversation, line: string, stop: Stop): Promise<Conversation | 'exit'> {
	const next = applyLine(conversation, line, context);
	if (next !== undefined) {
		return next;
	}

	const answered = await stop.during(async answerSignal => tryToAnswer(context, conversation, line.trim(), answerSignal));
	if (answered === undefined) {
		return conversation;
	}

	const {conversations} = await context.services();
	await conversations.save(answered);
	return answered;
}

async function tryToAnswer(context: CommandContext, conversation: Conversation, question: string, answerSignal: AbortSignal): Promise<Conversation | undefined> {
	try {
		return await askModel(context, conversation, question, AbortSignal.any([context.signal, answerSignal]));
	} catch (error) {
		if (isAbort(error, context.signal)) {
			throw error;
		}

		// Stopped before there was an answer, for example while the model was loaded.
		if (!isAbort(error, answerSignal)) {
			reportError(error, {stderr: context.streams.stderr, json: false, environment: context.environment});
		}

		return undefined;
	}
}

type Stop = {
	readonly wasInterrupted: () => boolean;
	/**
	Ctrl-C ends this work only.
	*/
	readonly during: <Value>(work: (signal: AbortSignal) => Promise<Value>) => Promise<Value>;
};

/**
What Ctrl-C means; in raw mode it is a key and not a signal.
*/
function createStop(lines: Interface): Stop {
	let answer: AbortController | undefined;
	let isInterrupted = false;
	lines.on('SIGINT', () => {
		if (answer === undefined) {
			isInterrupted = true;
			lines.close();
		} else {
			answer.abort();
		}
	});
	return {
		wasInterrupted: () => isInterrupted,
		async during(work) {
			answer = new AbortController();
			try {
				return await work(answer.signal);
			} finally {
				answer = undefined;
			}
		},
	};
}

