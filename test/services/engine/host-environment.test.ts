import assert from 'node:assert/strict';
import {test} from 'node:test';
import {hostEnvironment} from '../../../source/services/engine/host-environment.js';

test('hands on what libraries need, and no secret', () => {
	assert.deepEqual(hostEnvironment({
		PATH: '/usr/bin',
		LC_ALL: 'C',
		CUDA_VISIBLE_DEVICES: '0',
		SystemRoot: String.raw`C:\Windows`,
		HF_TOKEN: 'hf_secret',
		HTTPS_PROXY: 'http://user:secret@proxy',
		NODE_OPTIONS: '--require ./evil.js',
		NODE_LLAMA_CPP_DEBUG: 'true',
		SSH_AUTH_SOCK: '/tmp/agent',
	}), {
		PATH: '/usr/bin', LC_ALL: 'C', CUDA_VISIBLE_DEVICES: '0', SystemRoot: String.raw`C:\Windows`,
	});
});
