import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isLoopback} from '../../../source/services/network/loopback.js';

for (const host of ['localhost', 'LOCALHOST', 'localhost.', 'hub.localhost', '127.0.0.1', '127.1', '127.255.0.3', '0x7f000001', '[::1]']) {
	test(`${host} is this machine`, () => {
		assert.equal(isLoopback(new URL(`http://${host}:80/`)), true);
	});
}

for (const host of ['127.0.0.1.example.com', 'localhost.example.com', '127.example', 'mylocalhost', '128.0.0.1', '0.0.0.0', '[::2]', '[::ffff:7f00:1]']) {
	test(`${host} is another machine`, () => {
		assert.equal(isLoopback(new URL(`http://${host}/`)), false);
	});
}
