import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formatFields, formatTable} from '../../source/commands/table.js';
import {cellWidth} from '../../source/format/cells.js';

const columns = [{title: 'NAME', minimumWidth: 6}, {title: 'SIZE', align: 'right'}] as const;

void test('columns line up, wide characters counted as two cells', () => {
	assert.equal(formatTable(columns, [['llama', '1 GB'], ['日本語', '12 GB']]), [
		'NAME     SIZE',
		'llama    1 GB',
		'日本語  12 GB',
	].join('\n'));
});

void test('a pipe gets whole values, a terminal lines that fit', () => {
	const rows = [['a-model-with-a-very-long-name', '1 GB']];
	assert.match(formatTable(columns, rows), /a-model-with-a-very-long-name/v);
	assert.deepEqual(formatTable(columns, rows, 20).split('\n').filter(line => cellWidth(line) > 20), []);
});

void test('a column without a minimum is never cut', () => {
	assert.match(formatTable(columns, [['abcdefghijkl', '123456789 GB']], 10), /123456789 GB/v);
});

void test('cells cannot leave their line or send control sequences', () => {
	assert.equal(formatTable([{title: 'NAME'}], [['a\nb\u{1B}[2J']]), 'NAME\na b');
	assert.equal(formatFields([['Name', 'a\nb'], ['Gone', undefined]]), 'Name  a b');
});
