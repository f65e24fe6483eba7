import assert from 'node:assert/strict';
import process from 'node:process';
import {test} from 'node:test';
import {type Action} from '../../source/state/actions.js';
import {installedModel, libraryOf} from '../helpers/app-state.js';
import {drawApp} from '../helpers/draw-app.js';
import {registryModel} from '../helpers/models.js';

// What NO_COLOR comes to; it has to be there before Ink is imported for the first time.
process.env.FORCE_COLOR = '0';

const data: readonly Action[] = [
	{type: 'registry/loaded', models: [registryModel({id: 'alpha', name: 'Alpha'})]},
	libraryOf(installedModel({id: 'alpha', name: 'Alpha'}), installedModel({id: 'beta', name: 'Beta'})),
];

test('without colour the cursor of a text is seen, moves, and never makes its line too long', async () => {
	using app = await drawApp({actions: data});
	await app.rowsWith('Alpha');
	await app.terminal.press('/');
	await app.terminal.type('alp');
	await app.rowsWith('alp▏');
	await app.terminal.press('Left');
	await app.rowsWith('al▏p');
	await app.terminal.type('x'.repeat(200));
	const screen = await app.rowsWith('x▏p');
	assert.ok(screen.every(row => row.length <= 80));
});

test('without colour the cursor of the chat is seen', async () => {
	using app = await drawApp({actions: [...data, {type: 'screen/tab-opened', tab: 'chat'}, {type: 'chat/focused', focus: 'composer'}]});
	await app.rowsWith('▏');
	await app.terminal.type('why');
	await app.rowsWith('why▏');
	assert.equal(app.terminal.output().includes('\u{1B}[7m'), false, 'It is drawn with colours.');
});

test('without colour it is seen which list has the keys', async () => {
	using app = await drawApp({actions: [...data, {type: 'screen/tab-opened', tab: 'bench'}]});
	const signOf = (name: string) => app.terminal.screen().find(row => row.includes(name))?.at(0);
	await app.terminal.waitFor(() => signOf('Alpha') === '›');
	await app.terminal.press('o');
	await app.terminal.waitFor(() => signOf('Alpha') === '·');
	await app.terminal.press('o');
	await app.terminal.waitFor(() => signOf('Alpha') === '›');
	assert.equal(app.state().bench.focus, 'models');
});
