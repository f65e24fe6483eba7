import assert from 'node:assert/strict';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {selectChatStatus} from '../../../source/state/selectors/chat-status.js';
import {type AppState} from '../../../source/state/state.js';
import {type SamplingSettings} from '../../../source/types/generation.js';
import {openAppSession, type AppSession} from '../../helpers/app-session.js';
import {writeBabbler} from '../../helpers/random-model/babbler.js';
import {greedy} from '../../helpers/starter-model.js';

const endlessSampling: SamplingSettings = {
	temperature: 1, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, maxTokens: 100_000, seed: 2,
};
const noHub = {endpoint: 'http://127.0.0.1:9'};
const chatOf = ({chat}: AppState) => ({answering: chat.answering, error: chat.error, messages: chat.conversation.messages});
const isIdle = ({chat}: AppState) => chat.answering === undefined;

/**
The chat tab, with answers that are the same every time.
*/
async function openChat(): Promise<AppSession> {
	const app = await openAppSession(noHub);
	await app.waitFor(({library}) => library.status === 'ready', chatOf);
	app.dispatch({type: 'chat/sampling-changed', sampling: greedy});
	app.press('5');
	return app;
}

function ask(app: AppSession, question: string): void {
	app.dispatch({type: 'chat/typed', keypress: {name: 'paste', text: question}});
	app.press('enter');
}

/**
Asks a model for an answer that takes many seconds, so that there is time to end it, and waits for its first words.
*/
async function beginStory(app: AppSession): Promise<string> {
	const model = path.join(app.home, 'babbler.gguf');
	await writeBabbler(model);
	app.dispatch({type: 'chat/model-chosen', modelId: model});
	app.dispatch({type: 'chat/sampling-changed', sampling: endlessSampling});
	ask(app, 'Tell me a story.');
	const {chat} = await app.waitFor(state => (state.chat.answering?.text ?? '') !== '', chatOf);
	return chat.answering?.text ?? '';
}

async function answer(app: AppSession): Promise<string> {
	const {chat} = await app.waitFor(isIdle, chatOf);
	assert.equal(chat.error, undefined);
	return chat.conversation.messages.at(-1)?.content ?? '';
}

test('a question is answered, kept on disk, and there again in the next session', async () => {
	await using app = await openChat();
	ask(app, 'What is the capital of France?');
	assert.match(await answer(app), /Paris/v);
	const status = selectChatStatus(app.state());
	assert.match(status.context ?? '', /^\d+ of [\d,]+ tokens$/v);
	const {chat} = await app.waitFor(state => state.chat.conversations.length === 1, chatOf);
	assert.equal(chat.conversations[0]?.title, 'What is the capital of France?');
	const [kept] = await app.services.conversations.list();
	assert.deepEqual(kept?.messages.map(({role}) => role), ['user', 'assistant']);
	assert.equal(kept?.id, chat.conversation.id);
});

test('Esc stops an answer, keeps what was said, and the next question is answered', async () => {
	await using app = await openChat();
	await beginStory(app);
	app.press('escape');
	const {chat} = await app.waitFor(isIdle, chatOf);
	const story = chat.conversation.messages.at(-1);
	assert.equal(story?.stopped, true);
	assert.notEqual(story.content, '');
	await app.waitFor(state => state.chat.conversations[0]?.messages.length === 2, chatOf);
	app.dispatch({type: 'chat/model-chosen', modelId: 'starter'});
	app.dispatch({type: 'chat/sampling-changed', sampling: greedy});
	app.press('escape', 'n');
	ask(app, 'What is the capital of France?');
	assert.match(await answer(app), /Paris/v);
});

test('an engine that is killed is an error on the screen, and asking again is answered', async () => {
	await using app = await openChat();
	const said = await beginStory(app);
	const {processId} = app.services.engine.loaded() ?? {};
	assert.equal(typeof processId, 'number');
	process.kill(processId!, 'SIGKILL');
	const {chat} = await app.waitFor(({chat}) => chat.error !== undefined, chatOf);
	assert.equal(chat.error?.code, 'engine_crashed');
	const story = chat.conversation.messages.at(-1);
	assert.strictEqual(story?.stopped, true);
	assert.ok(story.content.startsWith(said));
	app.dispatch({type: 'chat/model-chosen', modelId: 'starter'});
	app.dispatch({type: 'chat/sampling-changed', sampling: greedy});
	app.press('escape', 'r');
	assert.notEqual(await answer(app), '');
});

test('the system prompt and the sampling settings are what the model is given', async () => {
	await using app = await openChat();
	app.press('escape', 't');
	app.dispatch({type: 'screen/dialog-typed', keypress: {name: 'ctrl+u', text: ''}});
	app.dispatch({type: 'screen/dialog-typed', keypress: {name: 'paste', text: 'max_tokens 3'}});
	app.press('enter', 'i');
	ask(app, 'What is the capital of France?');
	await answer(app);
	const statistics = app.state().chat.conversation.messages.at(-1)?.statistics;
	assert.equal(statistics?.generatedTokens, 3);
});

test('a model that is gone is an error that says what to do', async () => {
	await using app = await openChat();
	app.dispatch({type: 'chat/model-chosen', modelId: 'no-such-model'});
	ask(app, 'Hello');
	const {chat} = await app.waitFor(({chat}) => chat.error !== undefined, chatOf);
	assert.equal(chat.error?.code, 'model_not_installed');
	assert.equal(chat.conversation.messages.length, 1);
});

test('quitting in the middle of an answer keeps the question and what was said', async () => {
	await using app = await openChat();
	const said = await beginStory(app);
	const [asked] = await app.services.conversations.list();
	assert.deepEqual(asked?.messages.map(({content}) => content), ['Tell me a story.']);
	await app.close();
	const [kept] = await app.services.conversations.list();
	const story = kept?.messages[1];
	assert.strictEqual(story?.stopped, true);
	assert.ok(story.content.startsWith(said));
	assert.equal(kept?.id, app.state().chat.conversation.id);
});

test('Esc while the model is loaded leaves the question without an answer', async () => {
	await using app = await openChat();
	ask(app, 'Tell me a story.');
	await app.waitFor(({chat}) => chat.conversations.length === 1, chatOf);
	app.press('escape');
	const {chat} = await app.waitFor(isIdle, chatOf);
	assert.deepEqual(chat.conversation.messages.map(({role}) => role), ['user']);
	assert.equal(chat.error, undefined);
	assert.equal(selectChatStatus(app.state()).context, undefined);
});

test('the model, the system prompt and the sampling settings of an old chat are kept when they are changed', async () => {
	await using app = await openChat();
	app.dispatch({type: 'chat/model-chosen', modelId: 'gone'});
	ask(app, 'Hello');
	await app.waitFor(({chat}) => chat.error !== undefined, chatOf);
	app.press('escape', 's');
	app.type('Be brief.');
	app.press('enter');
	app.dispatch({type: 'chat/model-chosen', modelId: 'starter'});
	await app.waitFor(({chat}) => chat.conversations[0]?.modelId === 'starter', chatOf);
	const [kept] = await app.services.conversations.list();
	assert.deepEqual([kept?.systemPrompt, kept?.modelId, kept?.messages.length], ['Be brief.', 'starter', 1]);
});

test('what is no sampling setting is asked for again, with what is wrong', async () => {
	await using app = await openChat();
	app.press('escape', 't');
	app.type(' heat 3');
	const {dialog} = app.state().screen;
	app.press('enter');
	const again = app.state().screen.dialog;
	assert.strictEqual(dialog?.kind, 'prompt');
	assert.strictEqual(again?.kind, 'prompt');
	assert.equal(again.field.value, dialog.field.value);
	assert.match(again.hint, /^There is no setting "heat"/v);
});

test('a deleted chat is gone from the disk', async () => {
	await using app = await openChat();
	ask(app, 'What is 1 + 1?');
	await answer(app);
	await app.waitFor(({chat}) => chat.conversations.length === 1, chatOf);
	app.press('escape', 'o', 'x', 'enter');
	await app.waitFor(({chat}) => chat.conversations.length === 0, chatOf);
	assert.deepEqual(await app.services.conversations.list(), []);
});
