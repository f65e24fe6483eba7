import {type Conversation} from '../../types/conversation.js';

/**
The chats kept on disk, one Keyv record each.
*/
export type Conversations = {
	/**
	Last used first.
	*/
	readonly list: () => Promise<readonly Conversation[]>;
	/**
	Adds it, or replaces it as a whole. A chat without a title gets its first question as one.
	@throws UsageError `conversation_too_large`; those of the storage.
	*/
	readonly save: (conversation: Conversation) => Promise<void>;
	readonly delete: (id: string) => Promise<void>;
};
