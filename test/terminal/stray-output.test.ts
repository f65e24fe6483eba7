import assert from 'node:assert/strict';
import {once} from 'node:events';
import process from 'node:process';
import {test} from 'node:test';
import {catchStrayOutput} from '../../source/terminal/stray-output.js';
import {createFakeTerminal} from '../helpers/fake-terminal.js';

test('what is written to a terminal is kept, and reaches it again after release', async () => {
	const terminal = createFakeTerminal();
	const stray = catchStrayOutput([terminal.stdout, terminal.stderr]);
	await new Promise<void>(resolve => {
		terminal.stdout.write('caught ', () => {
			resolve();
		});
	});
	terminal.stderr.write(new TextEncoder().encode('tôo'));
	assert.equal(terminal.output() + terminal.errorOutput(), '');
	assert.equal(stray.text(), 'caught tôo');

	stray.release();
	terminal.stdout.write('free');
	assert.equal(terminal.output(), 'free');
	assert.equal(Object.hasOwn(terminal.stdout, 'write'), false);
	terminal.dispose();
});

test('warnings of Node are caught too', async () => {
	const listeners = process.listeners('warning');
	const stray = catchStrayOutput([]);
	process.emitWarning('as of an experimental feature');
	await once(process, 'warning');
	assert.match(stray.text(), /Warning: as of an experimental feature\n/v);
	stray.release();
	assert.deepEqual(process.listeners('warning'), listeners);
});

test('a stream that is no terminal is left alone', () => {
	const terminal = createFakeTerminal();
	const file = {isTTY: false, write: terminal.stderr.write};
	const stray = catchStrayOutput([file]);
	assert.equal(file.write, terminal.stderr.write);
	stray.release();
	terminal.dispose();
});

test('only the last of it is kept', () => {
	const terminal = createFakeTerminal();
	const stray = catchStrayOutput([terminal.stdout]);
	for (let count = 0; count < 1000; count++) {
		terminal.stdout.write(`line ${count} ${'x'.repeat(100)}\n`);
	}

	assert.ok(stray.text().length < 20_000);
	assert.ok(stray.text().includes('line 999 '));
	stray.release();
	terminal.dispose();
});
