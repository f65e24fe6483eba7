import {type Conversation} from '../../types/conversation.js';

/**
The chats kept on disk, one Keyv record each.
*/
export type Conversations = {
	/**
	Last used first.
	*/
	readonly list: () => Promise<readonly Conversation[]>;
	readonly save: (conversation: Conversation) => Promise<void>;
	readonly delete: (id: string) => Promise<void>;
};
