import {createInterface} from 'node:readline';
import {type Conversation} from '../types/conversation.js';
import {chatSettings} from '../services/load-plans/templates/chat-settings.js';
import {canAsk} from './ask.js';
import {takeArguments} from './arguments.js';
import {newConversation} from './chat-conversation.js';
import {talk} from './chat-talk.js';
import {applyLine, askModel} from './chat-turn.js';
import {type Command, type CommandContext} from './command.js';
import {textFlag} from './flags.js';
import {planFlags, readPlanFlags} from './plan-flags.js';
import {readSampling, samplingFlags} from './sampling-flags.js';

export const command: Command = {
	usage: ['chat [REF] [FLAGS]'],
	description: [
		'On a terminal: a conversation, kept in the history of the chat tab. /new starts over, /system TEXT sets the system prompt,',
		'/exit or Ctrl-D ends, Ctrl-C stops an answer. Elsewhere: each line of stdin is a question, each answer goes to stdout.',
	].join(' '),
	flags: {...samplingFlags, ...planFlags},
	examples: ['chat', 'chat qwen2.5-coder-7b-q5 --system "Answer in one sentence."', 'chat starter < questions.txt'],
	exitCodes: {3: 'no such model is installed, or no such template', 5: 'the model file is broken', 7: 'the model does not fit in memory'},
	async run(context) {
		const [reference] = takeArguments(context, {name: 'a model reference', maximum: 1});
		const {config, inventory} = await context.services();
		readPlanFlags(context.flags);
		const {defaultModel} = config.current().chat;
		const {systemPrompt, sampling} = chatSettings(config.current(), textFlag(context.flags, 'template'));
		const model = await inventory.find(reference ?? defaultModel);
		const conversation = newConversation({
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

