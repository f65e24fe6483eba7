import assert from 'node:assert/strict';
import {test} from 'node:test';
import {render} from 'ink-testing-library';
import {columnWidths, Table, type Column} from '../../../source/ui/components/table.js';

type Row = {readonly id: string; readonly size: number};

const columns: ReadonlyArray<Column<Row>> = [
	{title: 'name', width: 'flex', value: ({id}) => id},
	{
		title: 'size', width: 6, align: 'right', value: ({size}) => String(size),
	},
];

const rows = Array.from({length: 50_000}, (_, index): Row => ({id: `model ${index}`, size: index}));

test('only the rows of the window are drawn, however long the list is', () => {
	let drawn = 0;
	const counting: ReadonlyArray<Column<Row>> = [{
		title: 'name',
		width: 'flex',
		value({id}) {
			drawn++;
			return id;
		},
	}];
	const {lastFrame, unmount} = render(<Table columns={counting} rows={rows} rowKey={({id}) => id} list={{cursor: 40_003, top: 40_000}} width={40} height={11}/>);
	assert.equal(drawn, 10);
	assert.match(lastFrame() ?? '', /› +model 40003/v);
	assert.doesNotMatch(lastFrame() ?? '', /model 39999|model 40010/v);
	unmount();
});

test('selection and marks have a sign each, which needs no colour', () => {
	const {lastFrame, unmount} = render(<Table columns={columns} rows={rows} rowKey={({id}) => id} list={{cursor: 1, top: 0}} width={30} height={4} isMarked={({size}) => size !== 0}/>);
	const [heading, first, second, third] = (lastFrame() ?? '').split('\n', 4);
	assert.match(heading ?? '', /^ +name +size/v);
	assert.match(first ?? '', /^ {2}model 0/v);
	assert.match(second ?? '', /^›•model 1/v);
	assert.match(third ?? '', /^ •model 2/v);
	unmount();
});

test('columns stay aligned behind wide characters', () => {
	const wide: readonly Row[] = [{id: '日本語モデル', size: 1}, {id: 'plain', size: 2}];
	const {lastFrame, unmount} = render(<Table columns={columns} rows={wide} rowKey={({id}) => id} list={{cursor: 5, top: 0}} width={30} height={3}/>);
	const [, first = '', second = ''] = (lastFrame() ?? '').split('\n', 3);
	// Six characters that take two cells each.
	assert.equal(first.indexOf('1') + 6, second.indexOf('2'));
	unmount();
});

test('flexible columns share what the fixed ones leave', () => {
	assert.deepEqual(columnWidths(columns, 40), [30, 6]);
});
