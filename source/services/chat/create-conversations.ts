import {UsageError} from '../../errors/usage-error.js';
import {conversationTitle} from '../../format/conversation.js';
import {type Conversation} from '../../types/conversation.js';
import {type Storage} from '../storage/storage.js';
import {conversationSchema, maximumMessageLength, maximumMessages} from './conversation-schema.js';
import {type Conversations} from './conversations.js';

/**
The chats in a storage.
*/
export function createConversations({storage}: {readonly storage: Pick<Storage, 'records'>}): Conversations {
	const records = storage.records<Conversation>('conversations', conversationSchema);
	return {
		async list() {
			const conversations = await records.list();
			return conversations.toSorted((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt));
		},
		async save(conversation) {
			checkSize(conversation);
			const {title, messages} = conversation;
			await records.put(conversation.id, {...conversation, title: title === '' ? conversationTitle(messages) : title});
		},
		async delete(id) {
			await records.delete(id);
		},
	};
}

function checkSize({messages, systemPrompt}: Conversation): void {
	const longest = Math.max(systemPrompt.length, ...messages.map(({content}) => content.length));
	if (messages.length > maximumMessages || longest > maximumMessageLength) {
		throw new UsageError('The chat is too large to keep.', {
			code: 'conversation_too_large',
			hint: 'Start a new chat; what was kept of this one before stays.',
		});
	}
}
