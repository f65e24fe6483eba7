import assert from 'node:assert/strict';
import {test} from 'node:test';
import {InterruptedError} from '../../../source/errors/interrupted-error.js';
import {toNetworkError} from '../../../source/services/network/to-network-error.js';

const url = new URL('https://cdn.example/file?X-Amz-Signature=secret');

function withCode(code: string): Error {
	return Object.assign(new Error('low-level words'), {code});
}

const cases: ReadonlyArray<readonly [code: string, expected: string]> = [
	['ENOTFOUND', 'offline'],
	['EAI_AGAIN', 'offline'],
	['ENETUNREACH', 'offline'],
	['ECONNREFUSED', 'offline'],
	['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
	['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
	['ETIMEDOUT', 'timeout'],
	['ECONNRESET', 'connection_lost'],
	['UND_ERR_SOCKET', 'connection_lost'],
	['HPE_INVALID_EOF_STATE', 'connection_lost'],
	['HPE_INVALID_CONSTANT', 'unexpected_reply'],
	['UND_ERR_HEADERS_OVERFLOW', 'unexpected_reply'],
	['CERT_HAS_EXPIRED', 'tls_failed'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_failed'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'tls_failed'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_failed'],
	['UND_ERR_PRX_TLS', 'proxy_failed'],
	['E_SOMETHING_NEW', 'network_failed'],
];

for (const [code, expected] of cases) {
	test(`${code} is ${expected}, names the host, and hides the query`, () => {
		const cause = withCode(code);
		const error = toNetworkError(cause, url);
		assert.equal(error.code, expected);
		assert.equal(error.cause, cause);
		assert.match(error.message, /cdn\.example/v);
		assert.doesNotMatch(`${error.message} ${error.hint}`, /secret/v);
	});
}

test('the code is found within causes and groups of errors', () => {
	const wrapped = new Error('outer', {cause: withCode('ECONNRESET')});
	assert.equal(toNetworkError(wrapped, url).code, 'connection_lost');
	const errors = [withCode('ECONNREFUSED'), withCode('ENETUNREACH')];
	assert.equal(toNetworkError(new AggregateError(errors, 'all attempts failed'), url).code, 'offline');
});

test('an error of Remuda passes through', () => {
	const error = new InterruptedError();
	assert.equal(toNetworkError(error, url), error);
});
