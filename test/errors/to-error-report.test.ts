import assert from 'node:assert/strict';
import {test} from 'node:test';
import {toErrorReport} from '../../source/errors/to-error-report.js';
import {UsageError} from '../../source/errors/usage-error.js';
import {downloadRecordSchema} from '../../source/services/downloads/queue/download-record.js';

const hostile = '\u{1B}]0;title\u{7}red \u{1B}[31mname\u{202E}';

test('what others throw reaches no terminal with control sequences in it', () => {
	assert.equal(toErrorReport(new Error(hostile)).message, 'red name');
	assert.equal(toErrorReport(hostile).message, 'red name');
	assert.equal(toErrorReport(new Error(hostile)).code, 'internal_error');
});

test('an error for people is reported as it is', () => {
	assert.deepEqual(toErrorReport(new UsageError('No such thing.', {code: 'no_such_thing', hint: 'Look again.'})), {
		code: 'no_such_thing', message: 'No such thing.', hint: 'Look again.', exitCode: 2,
	});
});

test('a record of a download that somebody else has written is clean when it is read', () => {
	const {request, error} = downloadRecordSchema.parse({
		id: 'x',
		order: 1,
		request: {
			ref: 'hf:a/b:Q4', modelId: 'b', name: hostile, source: 'hugging-face', repository: 'a/b', revision: 'main', quantization: hostile, license: hostile, files: [{path: 'b.gguf', sizeBytes: 1, role: 'model'}],
		},
		status: 'failed',
		sizes: [1],
		error: {code: 'x', message: hostile, hint: hostile},
		createdAt: '2026-01-01T00:00:00.000Z',
	});
	assert.deepEqual([request.name, request.quantization, request.license, error?.message, error?.hint], Array.from({length: 5}, () => 'red name'));
});
