import {createInterface, type Interface} from 'node:readline';
import {InterruptedError} from '../errors/interrupted-error.js';
import {isAbort} from '../errors/to-error-report.js';
import {type Conversation} from '../types/conversation.js';
import {canAsk} from './ask.js';
import {streamAnswer} from './answer.js';
import {takeArguments} from './arguments.js';
import {addAnswer, messagesFor, startConversation} from './chat-conversation.js';
import {type Command, type CommandContext} from './command.js';
import {textFlag} from './flags.js';
import {runJob} from './job.js';
import {generationRecord} from './records.js';
import {reportError} from './report-error.js';
import {readSampling, samplingFlags} from './sampling-flags.js';

export const command: Command = {
	usage: ['chat [REF] [FLAGS]'],
	description: [
		'On a terminal: a conversation, kept in the history of the chat tab. /new starts over, /system TEXT sets the system prompt,',
		'/exit or Ctrl-D ends, Ctrl-C stops an answer. Elsewhere: each line of stdin is a question, each answer goes to stdout.',
	].join(' '),
	flags: samplingFlags,
	examples: ['chat', 'chat qwen2.5-coder-7b-q5 --system "Answer in one sentence."', 'chat starter < questions.txt'],
	exitCodes: {3: 'no such model is installed', 5: 'the model file is broken', 7: 'the model does not fit in memory'},
	async run(context) {
		const [reference] = takeArguments(context, {name: 'a model reference', maximum: 1});
		const {config, inventory} = await context.services();
		const {defaultModel, systemPrompt, sampling} = config.current().chat;
		const model = await inventory.find(reference ?? defaultModel);
		const conversation = startConversation({
			modelId: model.id,
			systemPrompt: textFlag(context.flags, 'system') ?? systemPrompt,
			sampling: readSampling(context.flags, sampling),
		});
		const banner = `Talking with ${model.id}${model.source === 'starter' ? ', a tiny model to try things with' : ''}.`;
		await (canAsk(context) && !context.output.json ? talk(context, conversation, banner) : answerLines(context, conversation));
	},
};

/**
Without a person: every line is a question; the first failure ends it.
*/
async function answerLines(context: CommandContext, start: Conversation): Promise<void> {
	const {streams: {stdin}, signal} = context;
	let conversation = start;
	for await (const line of createInterface({input: stdin, signal})) {
		const next = applyLine(conversation, line, context);
		if (next === 'exit') {
			return;
		}

		conversation = next ?? await askModel(context, conversation, line.trim(), signal);
	}

	signal.throwIfAborted();
}

async function askModel(context: CommandContext, conversation: Conversation, question: string, signal: AbortSignal): Promise<Conversation> {
	let answered = conversation;
	await runJob(context, {model: conversation.modelId}, async () => {
		const result = await streamAnswer(context, {
			model: conversation.modelId,
			messages: messagesFor(conversation, question),
			sampling: conversation.sampling,
			signal,
		});
		context.signal.throwIfAborted();
		answered = addAnswer(conversation, question, result);
		return generationRecord(result);
	});
	return answered;
}

/**
With a person: a failure is told and the conversation goes on; Ctrl-C stops an answer, or ends the conversation.
*/
async function talk(context: CommandContext, start: Conversation, banner: string): Promise<void> {
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

/**
The conversation after a line that is not a question; undefined for one that is.
*/
function applyLine(conversation: Conversation, line: string, {output}: CommandContext): Conversation | 'exit' | undefined {
	const [word = '', ...rest] = line.trim().split(' ');
	switch (word) {
		case '': {
			return conversation;
		}

		case '/exit':
		case '/quit': {
			return 'exit';
		}

		case '/new': {
			output.notice('A new conversation.');
			return startConversation(conversation);
		}

		case '/system': {
			const systemPrompt = rest.join(' ').trim();
			output.notice(systemPrompt === '' ? 'No system prompt. A new conversation.' : 'System prompt set. A new conversation.');
			return startConversation({...conversation, systemPrompt});
		}

		default: {
			return undefined;
		}
	}
}
