import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type GenerationResult} from '../../../source/types/generation.js';
import {
	continueFrom,
	installedModel,
	libraryOf,
	stateAfter,
} from '../../helpers/app-state.js';

const result: GenerationResult = {
	text: 'Paris.',
	stopReason: 'end',
	statistics: {
		promptTokens: 10, generatedTokens: 2, promptTokensPerSecond: 100, generationTokensPerSecond: 50, timeToFirstTokenMs: 20, contextUsed: 12, contextSize: 1024,
	},
};

test('a question empties the composer and begins an answer', () => {
	const {chat} = stateAfter(
		{type: 'chat/typed', keypress: {name: 'H', text: 'H'}},
		{type: 'chat/typed', keypress: {name: 'i', text: 'i'}},
		{type: 'chat/submitted', text: 'Hi'},
	);
	assert.equal(chat.composer.value, '');
	assert.deepEqual(chat.conversation.messages, [{role: 'user', content: 'Hi'}]);
	assert.equal(chat.conversation.title, 'Hi');
	assert.deepEqual(chat.answering, {phase: 'loading', text: '', generatedTokens: 0});
});

test('what streams in is collected, and the last word is the result', () => {
	const streaming = stateAfter(
		{type: 'chat/submitted', text: 'Capital of France?'},
		{type: 'chat/load-progressed', fraction: 0.5},
		{type: 'chat/progressed', progress: {text: 'Pa', generatedTokens: 1}},
		{type: 'chat/progressed', progress: {text: 'ris', generatedTokens: 2, tokensPerSecond: 50}},
	);
	assert.deepEqual(streaming.chat.answering, {
		phase: 'answering', text: 'Paris', generatedTokens: 2, tokensPerSecond: 50,
	});
	const {chat} = continueFrom(streaming, {type: 'chat/answer-succeeded', result});
	assert.equal(chat.answering, undefined);
	assert.equal(chat.conversation.messages[1]?.content, 'Paris.');
	assert.equal(chat.conversation.messages[1]?.stopped, false);
});

test('a stopped answer keeps what was said and says that it was stopped', () => {
	const {chat} = stateAfter({type: 'chat/submitted', text: 'Hi'}, {type: 'chat/answer-succeeded', result: {...result, stopReason: 'abort'}});
	assert.equal(chat.conversation.messages[1]?.stopped, true);
});

test('progress and results are ignored when nothing is being answered', () => {
	const before = stateAfter();
	assert.equal(continueFrom(before, {type: 'chat/progressed', progress: {text: 'x', generatedTokens: 1}}), before);
	assert.equal(continueFrom(before, {type: 'chat/answer-succeeded', result}), before);
});

test('a failure keeps the question, and asking again drops only the answer', () => {
	const failed = stateAfter(
		{type: 'chat/submitted', text: 'Hi'},
		{type: 'chat/answer-failed', error: {code: 'engine_crashed', message: 'The engine died.'}},
	);
	assert.equal(failed.chat.error?.code, 'engine_crashed');
	assert.equal(failed.chat.conversation.messages.length, 1);
	const answered = continueFrom(failed, {type: 'chat/retry-requested'}, {type: 'chat/answer-succeeded', result});
	assert.equal(answered.chat.error, undefined);
	const retried = continueFrom(answered, {type: 'chat/retry-requested'});
	assert.deepEqual(retried.chat.conversation.messages.map(({role}) => role), ['user']);
	assert.equal(retried.chat.answering?.phase, 'loading');
});

test('a new chat keeps the model, the system prompt and the sampling settings', () => {
	const sampling = {
		temperature: 0, topP: 1, topK: 1, minP: 0, repeatPenalty: 1, maxTokens: 5,
	};
	const {chat} = stateAfter(
		{type: 'chat/model-chosen', modelId: 'big'},
		{type: 'screen/prompt-answered', purpose: 'system-prompt', value: ' Be brief. '},
		{type: 'chat/sampling-changed', sampling},
		{type: 'chat/submitted', text: 'Hi'},
		{type: 'chat/answer-succeeded', result},
		{type: 'chat/new-requested'},
	);
	assert.deepEqual(chat.conversation, {
		id: '', title: '', modelId: 'big', systemPrompt: 'Be brief.', sampling, messages: [], createdAt: '', updatedAt: '',
	});
});

test('defaults from the config do not replace a chat that was begun or a model that was chosen', () => {
	const defaults = {
		modelId: 'configured',
		systemPrompt: 'From the config.',
		sampling: stateAfter().chat.defaults.sampling,
	};
	const loaded = {type: 'chat/load-succeeded', conversations: [], defaults} as const;
	assert.equal(stateAfter(loaded).chat.conversation.modelId, 'configured');
	assert.equal(stateAfter({type: 'chat/model-chosen', modelId: 'mine'}, loaded).chat.conversation.modelId, 'mine');
	assert.equal(stateAfter({type: 'chat/submitted', text: 'Hi'}, loaded).chat.conversation.messages.length, 1);
});

test('deleting the chat on the screen begins a new one; deleting another leaves it', () => {
	const begun = stateAfter(
		{type: 'chat/submitted', text: 'Hi'},
		{type: 'chat/named', id: 'one', createdAt: '2026-01-01T00:00:00.000Z'},
		{type: 'chat/answer-succeeded', result},
	);
	const saved = continueFrom(begun, {type: 'chat/saved', conversation: begun.chat.conversation}, {type: 'chat/saved', conversation: {...begun.chat.conversation, id: 'two'}});
	assert.deepEqual(saved.chat.conversations.map(({id}) => id), ['two', 'one']);
	const other = continueFrom(saved, {type: 'chat/deleted', id: 'two'});
	assert.equal(other.chat.conversation.id, 'one');
	const own = continueFrom(saved, {type: 'chat/deleted', id: 'one'});
	assert.equal(own.chat.conversation.messages.length, 0);
});

test('the list of models stops at its ends and follows a library that shrinks', () => {
	const [a, b, c] = [installedModel({id: 'a'}), installedModel({id: 'b'}), installedModel({id: 'c'})];
	const state = stateAfter(libraryOf(a, b, c), {type: 'chat/focused', focus: 'models'}, {type: 'chat/list-moved', move: 'last'}, {type: 'chat/list-moved', move: 'down'});
	assert.equal(state.chat.list.cursor, 2);
	assert.equal(continueFrom(state, libraryOf(a)).chat.list.cursor, 0);
});
