import {randomUUID} from 'node:crypto';
import {toErrorReport} from '../../errors/to-error-report.js';
import {answerFrom, promptOf, withAnswer} from '../../format/conversation.js';
import {type ChatSettings, chatSettings} from '../../services/load-plans/templates/chat-settings.js';
import {listTemplates} from '../../services/load-plans/templates/list-templates.js';
import {type Conversation} from '../../types/conversation.js';
import {type ErrorReport} from '../../types/error-report.js';
import {type GenerationResult} from '../../types/generation.js';
import {type Action} from '../actions.js';
import {withAnswerSoFar} from '../reducers/chat-answer.js';
import {type EffectContext, type Effects, type Job} from './effect.js';
import {errorNotice} from './notices.js';

export const chatEffects: Effects = {
	'chat/load-requested': {
		key: () => 'chat/load',
		run: async (_action, {services}) => ({type: 'chat/load-succeeded', conversations: await services.conversations.list()}),
		failed: error => ({type: 'chat/load-failed', error}),
	},
	'chat/load-failed': {
		key: () => 'chat/load-failed',
		run: async ({error}) => errorNotice({...error, message: `Old chats could not be read: ${error.message}`}),
		failed: errorNotice,
	},
	'chat/submitted': answer(),
	'chat/retry-requested': answer(),
	'chat/stop-requested': {cancels: () => 'chat/answer'},
	'chat/answer-succeeded': keepConversation(),
	'chat/answer-failed': keepConversation(),
	'chat/answer-cancelled': keepConversation(),
	// Of a chat that is kept already, its settings are too.
	'chat/model-chosen': keepConversation(),
	'chat/sampling-changed': keepConversation(),
	'chat/system-prompt-changed': keepConversation(),
	'chat/template-applied': keepConversation(),
	'chat/template-requested': {
		key: () => 'chat/template',
		async run({name}, {services}) {
			const {systemPrompt, sampling} = chatSettings(services.config.current(), name);
			return {
				type: 'chat/template-applied', name, systemPrompt, sampling,
			};
		},
		failed: errorNotice,
	},
	'chat/delete-requested': {
		key: ({id}) => `chat/delete:${id}`,
		async run({id}, {services}) {
			await services.conversations.delete(id);
			return {type: 'chat/deleted', id};
		},
		failed: errorNotice,
	},
};

/**
What the config says of new chats, and the templates they can take. A template that is named and does not exist is told, and done without.
*/
export function findChatDefaults({services, dispatch}: Pick<EffectContext, 'services' | 'dispatch'>): void {
	const config = services.config.current();
	const {defaultModel: modelId, template} = config.chat;
	const templates = listTemplates(config).filter(({generates}) => generates);
	const {systemPrompt, sampling} = settingsOf(services, template, dispatch);
	dispatch({
		type: 'chat/defaults-found',
		defaults: {
			modelId, systemPrompt, sampling, template: templates.some(({name}) => name === template) ? template : '',
		},
		templates,
	});
}

/**
Generates the answer to the last question.
*/
function answer<A extends Action>(): Job<A> {
	return {
		key: () => 'chat/answer',
		async run(_action, context) {
			const {getState, dispatch} = context;
			if (getState().chat.conversation.id === '') {
				dispatch({type: 'chat/named', id: randomUUID(), createdAt: new Date().toISOString()});
			}

			const {conversation} = getState().chat;
			// A question outlives whatever may happen while it is answered, the end of the program too.
			await keepQuestion(conversation, context);
			try {
				const said = answerFrom(await generate(conversation, context), conversation.modelId);
				await keepAtTheEnd(withAnswer(conversation, said), context);
				return {type: 'chat/answer-succeeded', answer: said};
			} catch (error) {
				await keepAtTheEnd(withAnswerSoFar(getState().chat), context);
				throw error;
			}
		},
		failed: error => ({type: 'chat/answer-failed', error}),
		cancelled: () => ({type: 'chat/answer-cancelled'}),
	};
}

async function generate(conversation: Conversation, {services, getState, dispatch, signal}: EffectContext): Promise<GenerationResult> {
	const {modelId, sampling, template = ''} = conversation;
	return services.provider.generate(modelId, {messages: promptOf(conversation), sampling}, {
		signal,
		plan: {template: settingsOf(services, template).plan},
		onNotice(sentence) {
			dispatch({type: 'chat/load-noted', sentence});
		},
		onLoad(fraction) {
			dispatch({type: 'chat/load-progressed', fraction});
		},
		onProgress(progress) {
			const loaded = services.engine.loaded();
			if (loaded && loaded !== getState().chat.loaded) {
				dispatch({type: 'chat/loaded', loaded});
			}

			dispatch({type: 'chat/progressed', progress});
		},
	});
}

/**
What the config says of chats; a template that does not exist is told, and done without.
*/
function settingsOf({config}: Pick<EffectContext['services'], 'config'>, template: string, tell: (notice: Action) => void = () => undefined): ChatSettings {
	try {
		return chatSettings(config.current(), template);
	} catch (error) {
		tell(errorNotice(toErrorReport(error)));
		return chatSettings(config.current(), '');
	}
}

async function keepQuestion(conversation: Conversation, {services, dispatch}: EffectContext): Promise<void> {
	try {
		dispatch({type: 'chat/saved', conversation: await save(conversation, services)});
	} catch (error) {
		dispatch(notKept(toErrorReport(error)));
	}
}

/**
Keeps what there is of an answer that was aborted: perhaps because the app closes, and then no effect begins any more that would do it.
*/
async function keepAtTheEnd(conversation: Conversation, {services, signal}: EffectContext): Promise<void> {
	if (!signal.aborted) {
		return;
	}

	try {
		await save(conversation, services);
	} catch {
		// Where the app goes on, keepConversation tries again and says so.
	}
}

/**
Keeps the chat as it is now, unless nothing was ever asked in it.
*/
function keepConversation<A extends Action>(): Job<A> {
	return {
		key: () => 'chat/save',
		async run(_action, {services, getState}) {
			const {conversation} = getState().chat;
			return conversation.id === '' ? undefined : {type: 'chat/saved', conversation: await save(conversation, services)};
		},
		failed: notKept,
	};
}

async function save(conversation: Conversation, services: EffectContext['services']): Promise<Conversation> {
	const kept: Conversation = {...conversation, updatedAt: new Date().toISOString()};
	await services.conversations.save(kept);
	return kept;
}

function notKept(error: ErrorReport): Action {
	return errorNotice({...error, message: `The chat could not be saved: ${error.message}`});
}
