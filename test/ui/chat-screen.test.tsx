import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellWidth} from '../../source/format/cells.js';
import {type Action} from '../../source/state/actions.js';
import {initialChat} from '../../source/state/reducers/chat.js';
import {installedModel, libraryOf} from '../helpers/app-state.js';
import {drawApp} from '../helpers/draw-app.js';

const library = libraryOf(installedModel(), installedModel({
	id: 'big', name: 'Big 日本語 7B', source: 'hugging-face', sizeBytes: 4e9,
}));
const chat: readonly Action[] = [library, {type: 'screen/tab-opened', tab: 'chat'}];
const sizes = [[80, 24], [120, 40], [200, 50]] as const;
const textOf = (rows: readonly string[]) => rows.map(row => row.trim()).join(' ').replaceAll(/\s+/gv, ' ');

for (const [columns, rows] of sizes) {
	test(`an empty chat says what the starter model is for at ${columns}×${rows}`, async () => {
		using app = await drawApp({columns, rows, actions: [...chat, {type: 'chat/system-prompt-changed', systemPrompt: 'Be brief.\nBe kind.'}]});
		const drawn = await app.rowsWith('> ');
		assert.match(drawn[2]!, /tinychat 2\.6M · Q8_0 · a tiny model to try things with/v);
		assert.match(textOf(drawn), /2\.6 million parameters, made to try the program with\..*Try: What is the capital of France\? System prompt: Be brief\. Be kind\./v);
		assert.match(drawn.at(-2)!, /^ > .*Ask something$/v);
		assert.match(drawn.at(-1)!, /Enter send.*Esc leave the line/v);
	});

	test(`a long answer with wide characters stays within ${columns} columns, follows the newest word and can be read back`, async () => {
		using app = await drawApp({columns, rows, actions: [...chat, {type: 'chat/submitted', text: '日本の首都は？'}, {type: 'chat/load-progressed', fraction: 0.4}]});
		await app.rowsWith('loading 40 %');
		for (let part = 0; part < 200; part++) {
			app.dispatch({type: 'chat/progressed', progress: {text: `${part}. 東京は日本の首都です。👩‍🚀 `.repeat(3), generatedTokens: part, tokensPerSecond: 12.34}});
		}

		app.dispatch({type: 'chat/progressed', progress: {text: '\nThe very end', generatedTokens: 201, tokensPerSecond: 12.34}});
		const drawn = await app.rowsWith('The very end');
		assert.match(drawn[2]!, /201 tokens · 12\.3 tokens\/s/v);
		assert.ok(drawn.every(row => cellWidth(row) <= columns), drawn.join('\n'));
		assert.match(drawn.at(-1)!, /^ Esc stop /v);
		app.dispatch({type: 'chat/scrolled', by: Number.MAX_SAFE_INTEGER});
		const top = await app.rowsWith('日本の首都は？');
		assert.match(top[3]!, /^ You$/v);
		assert.match(top.at(-3)!, /^── \d+ more lines? below ─/v);
		app.dispatch({type: 'chat/progressed', progress: {text: 'More\n'.repeat(200), generatedTokens: 202}});
		await app.rowsWith('202 tokens');
		assert.deepEqual(app.terminal.screen().slice(3, -3), top.slice(3, -3));
	});
}

test('an error is whole with its hint at 80 columns, below what was said before', async () => {
	const error = {
		code: 'engine_crashed',
		message: 'The engine ended unexpectedly while tinychat 2.6M (Q8_0) was answering (SIGKILL).',
		hint: 'Ask again: it starts anew. If it happens each time, choose a smaller model.',
	};
	using app = await drawApp({
		actions: [
			...chat,
			{type: 'chat/submitted', text: 'Hi'},
			{type: 'chat/progressed', progress: {text: 'Paris is', generatedTokens: 2}},
			{type: 'chat/answer-failed', error},
		],
	});
	const drawn = await app.rowsWith('Paris is');
	const shown = drawn.filter(row => row.startsWith(' ! ')).map(row => row.slice(3)).join(' ');
	assert.equal(shown, `${error.message} ${error.hint}`);
	assert.ok(drawn.some(row => row.trim() === 'stopped'), drawn.join('\n'));
});

test('the list of models opens on the one in use and the chosen one answers next', async () => {
	using app = await drawApp({actions: [...chat, {type: 'chat/model-chosen', modelId: 'big'}, {type: 'chat/focused', focus: 'text'}]});
	await app.rowsWith('Big 日本語 7B');
	await app.terminal.press('m');
	const drawn = await app.rowsWith('Which model shall answer?');
	assert.match(drawn.find(row => row.startsWith('›'))!, /Big 日本語 7B\s+Q8_0\s+4\.00 GB/v);
	await app.terminal.press('Up', 'Enter');
	await app.rowsWith('tinychat 2.6M · Q8_0');
	assert.equal(app.state().chat.conversation.modelId, 'starter');
});

test('while an answer is under way no other model can be chosen, and that is said', async () => {
	using app = await drawApp({actions: [...chat, {type: 'chat/submitted', text: 'Hi'}, {type: 'screen/tab-opened', tab: 'cache'}]});
	await app.rowsWith('tinychat');
	await app.terminal.press('c');
	await app.rowsWith('an answer is being generated');
	assert.equal(app.state().screen.tab, 'cache');
});

test('templates are chosen by what they are for, and the one in use stands below the text', async () => {
	using app = await drawApp({
		actions: [
			{type: 'screen/tab-opened', tab: 'chat'},
			{
				type: 'chat/defaults-found',
				defaults: initialChat.defaults,
				templates: [{
					name: 'terse',
					description: 'Short answers for people who are in a hurry and would rather read nothing that is not needed.',
					generates: true,
					systemPrompt: 'Be brief.',
					sampling: {temperature: 0.2},
					plan: {contextSize: 2048},
					origin: 'config',
				}],
			},
		],
	});
	await app.rowsWith('[5 chat]');
	await app.terminal.press('Escape');
	// Esc and a letter at once would be one key.
	await app.rowsWith('i write');
	await app.terminal.press('p', 'j');
	const picker = await app.rowsWith('System prompt: Be brief.');
	assert.match(picker.join('\n'), /› terse/v);
	assert.match(picker.join('\n'), /not needed\./v);
	assert.match(picker.join('\n'), /temperature 0\.2 · context 2048/v);
	const {sampling} = app.state().chat.conversation;
	app.dispatch({
		type: 'chat/template-applied', name: 'terse', systemPrompt: 'Be brief.', sampling: {...sampling, temperature: 0.2},
	});
	await app.rowsWith('─ template terse ─');
	assert.equal(app.state().chat.conversation.systemPrompt, 'Be brief.');
	const {conversation} = app.state().chat;
	app.dispatch({type: 'chat/conversation-opened', conversation: {...conversation, id: 'other', template: ''}});
	await app.terminal.waitFor(() => app.terminal.screen().every(row => !row.includes('template terse')));
	app.dispatch({type: 'chat/conversation-opened', conversation});
	await app.rowsWith('─ template terse ─');
});
