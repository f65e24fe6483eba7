import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isSafePath} from '../../../source/services/sources/safe-path.js';

for (const path of ['a.gguf', 'Q4_K_M/Model-00001-of-00002.gguf', 'a b.gguf', '模型.gguf', '..a/b..gguf', '.hidden.gguf']) {
	test(`${path} may be used`, () => {
		assert.equal(isSafePath(path), true);
	});
}

const hostile = [
	'',
	'..',
	'../x.gguf',
	'a/../../x.gguf',
	'a/./x.gguf',
	'/etc/passwd',
	'a//x.gguf',
	'a/',
	String.raw`a\..\x.gguf`,
	'C:/x.gguf',
	'x.gguf:stream',
	'a\0.gguf',
	'a\n.gguf',
	'a\u{1B}[2J.gguf',
	'a\u{9B}2J.gguf',
	'a\u{202E}fugg.gguf',
	'a\u{200B}.gguf',
	' a.gguf',
	'\u{D800}.gguf',
	`${'a'.repeat(256)}.gguf`,
	`${'ab/'.repeat(400)}x.gguf`,
];

for (const path of hostile) {
	test(`${JSON.stringify(path).slice(0, 40)} may not`, () => {
		assert.equal(isSafePath(path), false);
	});
}
