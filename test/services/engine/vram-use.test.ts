import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseComputeApps} from '../../../source/services/engine/vram-use.js';

const mebibyte = 1024 ** 2;

test('reads what one process has of all GPUs', () => {
	const output = '2311, 6142\n90210, 512\n2311, 300 MiB\n';
	assert.equal(parseComputeApps(output, 2311), 6442 * mebibyte);
	assert.equal(parseComputeApps(output, 90_210), 512 * mebibyte);
});

test('says nothing where nvidia-smi does not', () => {
	assert.equal(parseComputeApps('', 2311), undefined);
	assert.equal(parseComputeApps('2311, [N/A]\n', 2311), undefined);
	assert.equal(parseComputeApps('No running processes found\n', 2311), undefined);
	assert.equal(parseComputeApps('12311, 512\n', 2311), undefined);
});
