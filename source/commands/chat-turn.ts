import {promptOf, withQuestion} from '../format/conversation.js';
import {type Conversation} from '../types/conversation.js';
import {streamAnswer} from './answer.js';
import {addAnswer, newConversation} from './chat-conversation.js';
import {type CommandContext} from './command.js';
import {runJob} from './job.js';
import {generationRecord} from './measurement-records.js';

/**
Asks the model and streams its answer; the conversation with both.
*/
export async function askModel(context: CommandContext, conversation: Conversation, question: string, signal: AbortSignal): Promise<Conversation> {
	const asked = withQuestion(conversation, question);
	let answered = conversation;
	await runJob(context, {model: conversation.modelId}, async () => {
		const result = await streamAnswer(context, {
			model: conversation.modelId,
			messages: promptOf(asked),
			sampling: conversation.sampling,
			signal,
		});
		context.signal.throwIfAborted();
		answered = addAnswer(asked, result);
		return generationRecord(result);
	});
	return answered;
}

/**
The conversation after a line that is not a question; undefined for one that is.
*/
export function applyLine(conversation: Conversation, line: string, {output}: CommandContext): Conversation | 'exit' | undefined {
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
			return newConversation(conversation);
		}

		case '/system': {
			const systemPrompt = rest.join(' ').trim();
			output.notice(systemPrompt === '' ? 'No system prompt. A new conversation.' : 'System prompt set. A new conversation.');
			return newConversation({...conversation, systemPrompt});
		}

		default: {
			return undefined;
		}
	}
}
