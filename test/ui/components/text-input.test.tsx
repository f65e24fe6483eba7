import assert from 'node:assert/strict';
import {test} from 'node:test';
import {render} from 'ink-testing-library';
import {cellWidth} from '../../../source/format/cells.js';
import {textField} from '../../../source/state/text-field.js';
import {TextInput} from '../../../source/ui/components/text-input.js';

const draw = (value: string, cursor: number, width: number) => {
	const {lastFrame, unmount} = render(<TextInput isFocused field={{value, cursor}} width={width}/>);
	const frame = lastFrame() ?? '';
	unmount();
	return frame;
};

test('the part around the cursor is shown when the text is too long', () => {
	const text = 'abcdefghijklmnopqrstuvwxyz';
	assert.match(draw(text, 26, 10), /xyz$/v);
	assert.match(draw(text, 0, 10), /^abc/v);
	assert.ok(cellWidth(draw(text, 13, 10)) <= 10);
});

test('wide characters and newlines never make it wider', () => {
	assert.ok(cellWidth(draw('日本語日本語日本語', 4, 7)) <= 7);
	assert.match(draw('a\nb', 0, 10), /a⏎b/v);
});

test('an empty field says what it is for', () => {
	const {lastFrame, unmount} = render(<TextInput field={textField('')} isFocused={false} width={20} placeholder='search'/>);
	assert.equal(lastFrame(), 'search');
	unmount();
});
