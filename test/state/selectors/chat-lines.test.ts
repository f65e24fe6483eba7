import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellWidth} from '../../../source/format/cells.js';
import {type Action} from '../../../source/state/actions.js';
import {selectChatLines, selectVisibleChatLines} from '../../../source/state/selectors/chat-lines.js';
import {type AppState} from '../../../source/state/state.js';
import {continueFrom, stateAfter} from '../../helpers/app-state.js';

test('long and wide text is broken so that no row is wider than the window', () => {
	const {chat} = stateAfter({type: 'chat/submitted', text: `${'word '.repeat(50)}\n${'日本語'.repeat(40)}\n${'x'.repeat(300)}`});
	const lines = selectChatLines(chat, 37);
	assert.ok(lines.length > 15);
	assert.ok(lines.every(({text}) => cellWidth(text) <= 37));
});

test('fences and headings are told apart', () => {
	const {chat} = stateAfter({type: 'chat/submitted', text: '# Title\n```js\n# not a heading\n```\nplain'});
	assert.deepEqual(selectChatLines(chat, 80).slice(1, 6).map(({kind}) => kind), ['heading', 'code', 'code', 'code', 'text']);
});

const hundred = Array.from({length: 100}, (_, index) => `line ${index}`).join('\n');

/**
The first and the last row of the window.
*/
function windowAfter(state: AppState, ...actions: readonly Action[]): ReadonlyArray<string | undefined> {
	const {chat, screen} = continueFrom(state, ...actions);
	const {lines} = selectVisibleChatLines(chat, screen);
	return [lines[0]?.text, lines.at(-1)?.text];
}

const scroll = (by: number): Action => ({type: 'chat/scrolled', by});
const [up, down, far] = [scroll(1), scroll(-1), Number.MAX_SAFE_INTEGER];

test('the window follows the newest line, is scrolled back to the first, and from there down at once', () => {
	const state = stateAfter({type: 'chat/submitted', text: 'Hi'}, {type: 'chat/progressed', progress: {text: hundred, generatedTokens: 1}});
	const follow = windowAfter(state);
	assert.equal(follow[1], 'line 99');
	const top = continueFrom(state, scroll(far), scroll(10));
	assert.equal(windowAfter(top)[0], 'You');
	assert.equal(windowAfter(top, down)[0], 'Hi');
	assert.deepEqual(windowAfter(top, scroll(-far)), follow);
	assert.deepEqual(windowAfter(state, down, up, down, down), follow);
});

test('what one reads back stands still while the answer grows below it', () => {
	const state = stateAfter({type: 'chat/submitted', text: hundred}, scroll(20));
	const more: Action = {type: 'chat/progressed', progress: {text: hundred, generatedTokens: 1}};
	assert.deepEqual(windowAfter(state, more), windowAfter(state));
	const {chat, screen} = continueFrom(state, more);
	assert.equal(selectVisibleChatLines(chat, screen).below, 20 + 99);
});

test('an answer stands under the model that gave it, whatever answers now', () => {
	const {chat} = stateAfter(
		{type: 'chat/submitted', text: 'Hi'},
		{type: 'chat/answer-succeeded', answer: {role: 'assistant', content: 'One.', modelId: 'first'}},
		{type: 'chat/model-chosen', modelId: 'second'},
		{type: 'chat/submitted', text: 'And?'},
		{type: 'chat/answer-succeeded', answer: {role: 'assistant', content: 'Kept by an older version.'}},
	);
	const names = (state: typeof chat) => selectChatLines(state, 80).filter(({kind}) => kind === 'answer-heading').map(({text}) => text);
	assert.deepEqual(names(chat), ['first', 'second']);
	assert.deepEqual(names({...chat, conversation: {...chat.conversation, modelId: 'third'}}), ['first', 'third']);
});

test('a message is wrapped once for a width, however often it is drawn', () => {
	const {chat} = stateAfter({type: 'chat/submitted', text: 'Hi'});
	assert.equal(selectChatLines(chat, 80)[0], selectChatLines(chat, 80)[0]);
	assert.notEqual(selectChatLines(chat, 80)[0], selectChatLines(chat, 60)[0]);
});
