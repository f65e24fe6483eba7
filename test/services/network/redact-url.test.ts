import assert from 'node:assert/strict';
import {test} from 'node:test';
import {redactUrl} from '../../../source/services/network/redact-url.js';

test('user, password, query and fragment are not shown', () => {
	assert.equal(redactUrl('https://user:secret@cdn.example:8443/a/b.gguf?X-Amz-Signature=secret#secret'), 'https://cdn.example:8443/a/b.gguf?…');
	assert.equal(redactUrl(new URL('https://cdn.example/a')), 'https://cdn.example/a');
	assert.equal(redactUrl('secret nonsense'), '(invalid address)');
});
