import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Action} from '../../../source/state/actions.js';
import {selectVisibleChatLines} from '../../../source/state/selectors/chat-lines.js';
import {type AppState} from '../../../source/state/state.js';
import {type ConversationMessage} from '../../../source/types/conversation.js';
import {
	continueFrom,
	installedModel,
	libraryOf,
	stateAfter,
} from '../../helpers/app-state.js';

const answer: ConversationMessage = {role: 'assistant', content: 'Paris.', modelId: 'starter'};

const piece = (text: string): Action => ({type: 'chat/progressed', progress: {text, generatedTokens: 1}});
const crash: Action = {type: 'chat/answer-failed', error: {code: 'engine_crashed', message: 'The engine died.'}};
const cancelled: Action = {type: 'chat/answer-cancelled'};
const answersOf = ({chat}: AppState) => chat.conversation.messages.filter(({role}) => role === 'assistant').map(({content, stopped}) => [content, stopped === true]);

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
	const {chat} = continueFrom(streaming, {type: 'chat/answer-succeeded', answer});
	assert.equal(chat.answering, undefined);
	assert.deepEqual(chat.conversation.messages[1], answer);
});

test('what was said before a failure or a stop is kept, and marked as stopped', () => {
	const states = [crash, cancelled].map(end => stateAfter({type: 'chat/submitted', text: 'Hi'}, piece('Par'), end));
	assert.deepEqual(states.map(state => answersOf(state)), [[['Par', true]], [['Par', true]]]);
	assert.ok(states.every(({chat}) => chat.answering === undefined));
});

test('a question that nothing was said to has no answer', () => {
	const states = [crash, cancelled].map(end => stateAfter({type: 'chat/submitted', text: 'Hi'}, end));
	assert.deepEqual(states.map(state => answersOf(state)), [[], []]);
});

test('progress and results are ignored when nothing is being answered', () => {
	const before = stateAfter();
	assert.equal(continueFrom(before, {type: 'chat/progressed', progress: {text: 'x', generatedTokens: 1}}), before);
	assert.equal(continueFrom(before, {type: 'chat/answer-succeeded', answer}), before);
});

test('a question is asked again after a failure', () => {
	const failed = stateAfter({type: 'chat/submitted', text: 'Hi'}, piece('Par'), crash);
	assert.equal(failed.chat.error?.code, 'engine_crashed');
	const answered = continueFrom(failed, {type: 'chat/retry-requested'}, {type: 'chat/answer-succeeded', answer});
	assert.equal(answered.chat.error, undefined);
	assert.deepEqual(answersOf(answered), [['Paris.', false]]);
});

test('an answer stays until another one is whole', () => {
	const again = stateAfter({type: 'chat/submitted', text: 'Hi'}, {type: 'chat/answer-succeeded', answer}, {type: 'chat/retry-requested'}, piece('Rom'));
	const shown = selectVisibleChatLines(again.chat, again.screen).lines.map(({text}) => text);
	assert.deepEqual(shown.filter(text => text === 'Rom' || text === 'Paris.'), ['Rom']);
	const stopped: Action = {type: 'chat/answer-succeeded', answer: {...answer, content: 'Rom', stopped: true}};
	const states = [crash, stopped, cancelled].map(end => continueFrom(again, end));
	assert.deepEqual(states.map(state => answersOf(state)), [[['Paris.', false]], [['Paris.', false]], [['Paris.', false]]]);
	assert.deepEqual(answersOf(continueFrom(again, {type: 'chat/answer-succeeded', answer: {...answer, content: 'Rome.'}})), [['Rome.', false]]);
});

test('a new chat keeps the model, the system prompt, the sampling settings and the template', () => {
	const sampling = {
		temperature: 0, topP: 1, topK: 1, minP: 0, repeatPenalty: 1, maxTokens: 5,
	};
	const {chat} = stateAfter(
		{type: 'chat/model-chosen', modelId: 'big'},
		{
			type: 'chat/template-applied', name: 'terse', systemPrompt: 'Be brief.', sampling,
		},
		{type: 'chat/submitted', text: 'Hi'},
		{type: 'chat/answer-succeeded', answer},
		{type: 'chat/new-requested'},
	);
	assert.deepEqual(chat.conversation, {
		id: '', title: '', modelId: 'big', systemPrompt: 'Be brief.', sampling, template: 'terse', messages: [], createdAt: '', updatedAt: '',
	});
});

test('defaults from the config do not replace what was chosen, and are taken by a question that was asked before them', () => {
	const defaults = {
		modelId: 'configured',
		systemPrompt: 'From the config.',
		sampling: stateAfter().chat.defaults.sampling,
		template: '',
	};
	const found = {type: 'chat/defaults-found', defaults, templates: []} as const;
	assert.equal(stateAfter(found).chat.conversation.modelId, 'configured');
	assert.equal(stateAfter({type: 'chat/model-chosen', modelId: 'mine'}, found).chat.conversation.modelId, 'mine');
	assert.equal(stateAfter({type: 'chat/system-prompt-changed', systemPrompt: 'Mine.'}, found).chat.conversation.systemPrompt, 'Mine.');
	const {conversation} = stateAfter({type: 'chat/submitted', text: 'Hi'}, found).chat;
	assert.deepEqual([conversation.modelId, conversation.systemPrompt, conversation.messages.length], ['configured', 'From the config.', 1]);
});

test('deleting the chat on the screen begins a new one; deleting another leaves it', () => {
	const begun = stateAfter(
		{type: 'chat/submitted', text: 'Hi'},
		{type: 'chat/named', id: 'one', createdAt: '2026-01-01T00:00:00.000Z'},
		{type: 'chat/answer-succeeded', answer},
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

test('the list of models opens on the one in use, and what is selected stays so when another is installed', () => {
	const [a, b, c] = [installedModel({id: 'a'}), installedModel({id: 'b'}), installedModel({id: 'c'})];
	const state = stateAfter(libraryOf(b, c), {type: 'chat/model-chosen', modelId: 'c'}, {type: 'chat/focused', focus: 'models'});
	assert.equal(state.chat.list.cursor, 1);
	assert.equal(continueFrom(state, libraryOf(a, b, c)).chat.list.cursor, 2);
	const moved = continueFrom(state, {type: 'chat/list-moved', move: 'up'}, libraryOf(a, b, c));
	assert.equal(moved.chat.list.cursor, 1);
});
