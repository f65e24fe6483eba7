import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellWidth} from '../../../source/format/cells.js';
import {selectChatLines, selectVisibleChatLines} from '../../../source/state/selectors/chat-lines.js';
import {stateAfter} from '../../helpers/app-state.js';

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

test('the window follows the newest line until it is scrolled back, and stops at the first', () => {
	const text = Array.from({length: 100}, (_, index) => `line ${index}`).join('\n');
	const follow = stateAfter({type: 'chat/submitted', text}).chat;
	assert.equal(selectVisibleChatLines(follow, 80, 10).find(line => line.text.startsWith('line 99'))?.text, 'line 99');
	const back = stateAfter({type: 'chat/submitted', text}, {type: 'chat/scrolled', by: Number.MAX_SAFE_INTEGER}).chat;
	assert.equal(selectVisibleChatLines(back, 80, 10)[0]?.text, 'You');
});

test('a message is wrapped once for a width, however often it is drawn', () => {
	const {chat} = stateAfter({type: 'chat/submitted', text: 'Hi'});
	assert.equal(selectChatLines(chat, 80)[0], selectChatLines(chat, 80)[0]);
	assert.notEqual(selectChatLines(chat, 80)[0], selectChatLines(chat, 60)[0]);
});
