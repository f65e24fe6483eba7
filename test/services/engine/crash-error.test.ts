import assert from 'node:assert/strict';
import {test} from 'node:test';
import {crashError} from '../../../source/services/engine/crash-error.js';

const exit = {stderr: '', started: true, sandboxed: false};

test('names the signal, also when the sandbox passes it on as an exit code', () => {
	const plain = crashError({...exit, signal: 'SIGKILL'});
	const sandboxed = crashError({...exit, code: 137, sandboxed: true});
	assert.equal(plain.code, 'engine_crashed');
	assert.match(plain.message, /ended by SIGKILL/v);
	assert.match(plain.hint!, /memory/v);
	assert.deepEqual(sandboxed.toReport(), plain.toReport());
});

test('suspects the file when native code gave up, and quotes its last words', () => {
	const error = crashError({...exit, signal: 'SIGABRT', stderr: 'loading\nGGML_ASSERT(n_head > 0) failed\nbacktrace'});
	assert.match(error.message, /ended by SIGABRT \(GGML_ASSERT\(n_head > 0\) failed\)/v);
	assert.match(error.hint!, /verify/v);
	assert.match((error.cause as Error).message, /backtrace/v);
});

test('tells a host that never spoke from one that died', () => {
	const error = crashError({
		...exit, started: false, sandboxed: true, code: 1, stderr: 'bwrap: setting up uid map: Permission denied',
	});
	assert.match(error.message, /could not be started: it exited with code 1 \(bwrap: setting up/v);
	assert.match(error.hint!, /engine\.sandbox off/v);
	assert.match(crashError({...exit, reason: 'it broke the protocol'}).message, /it broke the protocol/v);
});
