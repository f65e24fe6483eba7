import {randomUUID} from 'node:crypto';
import {type ChatMessage} from '../../types/generation.js';
import {type Conversation} from '../../types/conversation.js';
import {type Action} from '../actions.js';
import {type Effects, type Job} from './effect.js';

export const chatEffects: Effects = {
	'chat/load-requested': {
		key: () => 'chat/load',
		async run(_action, {services}) {
			const {defaultModel: modelId, systemPrompt, sampling} = services.config.current().chat;
			const conversations = await services.conversations.list();
			return {type: 'chat/load-succeeded', conversations, defaults: {modelId, systemPrompt, sampling}};
		},
		failed: error => ({type: 'chat/load-failed', error}),
	},
	'chat/load-failed': {
		key: () => 'chat/load-failed',
		run: async ({error}) => ({type: 'screen/noticed', notice: {kind: 'error', text: `Old chats could not be read: ${error.message}`}}),
		failed: error => ({type: 'screen/noticed', notice: {kind: 'error', text: error.message}}),
	},
	'chat/submitted': answer(),
	'chat/retry-requested': answer(),
	'chat/stop-requested': {cancels: () => 'chat/answer'},
	'chat/answer-succeeded': saveConversation(),
	'chat/answer-failed': saveConversation(),
	'chat/answer-cancelled': saveConversation(),
	'chat/delete-requested': {
		key: ({id}) => `chat/delete:${id}`,
		async run({id}, {services}) {
			await services.conversations.delete(id);
			return {type: 'chat/deleted', id};
		},
		failed: error => ({type: 'screen/noticed', notice: {kind: 'error', text: error.message}}),
	},
};

/**
Generates the answer to the last question.
*/
function answer<A extends Action>(): Job<A> {
	return {
		key: () => 'chat/answer',
		async run(_action, {services, getState, dispatch, signal}) {
			const {conversation} = getState().chat;
			if (conversation.id === '') {
				dispatch({type: 'chat/named', id: randomUUID(), createdAt: new Date().toISOString()});
			}

			const {modelId, sampling} = conversation;
			const result = await services.provider.generate(modelId, {messages: promptOf(conversation), sampling}, {
				signal,
				onLoad(fraction) {
					dispatch({type: 'chat/load-progressed', fraction});
				},
				onProgress(progress) {
					dispatch({type: 'chat/progressed', progress});
				},
			});
			return {type: 'chat/answer-succeeded', result};
		},
		failed: error => ({type: 'chat/answer-failed', error}),
		cancelled: () => ({type: 'chat/answer-cancelled'}),
	};
}

/**
Questions are kept even where there was no answer.
*/
function saveConversation<A extends Action>(): Job<A> {
	return {
		key: () => 'chat/save',
		async run(_action, {services, getState}) {
			const conversation: Conversation = {...getState().chat.conversation, updatedAt: new Date().toISOString()};
			await services.conversations.save(conversation);
			return {type: 'chat/saved', conversation};
		},
		failed: error => ({type: 'screen/noticed', notice: {kind: 'error', text: `The chat could not be saved: ${error.message}`}}),
	};
}

function promptOf({systemPrompt, messages}: Conversation): readonly ChatMessage[] {
	const turns = messages.map(({role, content}): ChatMessage => ({role, content}));
	return systemPrompt === '' ? turns : [{role: 'system', content: systemPrompt}, ...turns];
}
