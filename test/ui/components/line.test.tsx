import assert from 'node:assert/strict';
import {test} from 'node:test';
import {render} from 'ink-testing-library';
import {cellWidth} from '../../../source/format/cells.js';
import {fitSpans, Line} from '../../../source/ui/components/line.js';

test('a line is cut to its width in cells, wide characters whole', () => {
	const {lastFrame, unmount} = render(<Line width={10} spans={['日本語', {text: 'モデル', isBold: true}]}/>);
	assert.equal(lastFrame(), '日本語モ…');
	unmount();
});

test('a selected line is filled to its end', () => {
	const spans = fitSpans(['ab'], 6);
	assert.equal(spans.map(({text}) => text).join(''), 'ab    ');
});

test('no piece is wider than what is left', () => {
	const widths = [0, 1, 2, 5, 9, 30];
	const drawn = widths.map(width => cellWidth(fitSpans(['one', {text: '二三'}, 'four'], width).map(({text}) => text).join('')));
	assert.deepEqual(drawn, widths);
});
