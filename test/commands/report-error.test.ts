import assert from 'node:assert/strict';
import {Writable} from 'node:stream';
import {test} from 'node:test';
import {reportError} from '../../source/commands/report-error.js';
import {NoSpaceError} from '../../source/errors/no-space-error.js';

function report(error: unknown, {json = false, environment = {}}: {readonly json?: boolean; readonly environment?: NodeJS.ProcessEnv} = {}) {
	let text = '';
	const stderr = new Writable({
		decodeStrings: false,
		write(chunk: string, _encoding, done) {
			text += chunk;
			done();
		},
	});
	const exitCode = reportError(error, {stderr, json, environment});
	return {exitCode, text};
}

void test('an error made for people: message, hint and its own exit code', () => {
	const error = new NoSpaceError('The disk is full.', {code: 'disk_full', hint: 'Make room.'});
	assert.deepEqual(report(error), {exitCode: 6, text: 'error: The disk is full.\nhint: Make room.\n'});
	assert.deepEqual(report(error, {json: true}), {exitCode: 6, text: '{"error":{"code":"disk_full","message":"The disk is full.","hint":"Make room."}}\n'});
	assert.equal(report(new NoSpaceError('Full.', {code: 'disk_full'}), {json: true}).text, '{"error":{"code":"disk_full","message":"Full.","hint":null}}\n');
});

void test('a defect is an internal error with 1; its stack is shown only when asked for', () => {
	const error = new TypeError('x is not a function', {cause: new Error('the cause')});
	const plain = report(error);
	assert.equal(plain.exitCode, 1);
	assert.match(plain.text, /^error: x is not a function\nhint: This is a defect in Remuda\./v);
	assert.doesNotMatch(plain.text, /report-error\.test/v);
	assert.match(report(error, {json: true}).text, /"code":"internal_error"/v);
	const debugged = report(error, {environment: {REMUDA_DEBUG: '1'}});
	assert.match(debugged.text, /TypeError: x is not a function\n +at .*report-error\.test/v);
	assert.match(debugged.text, /caused by Error: the cause/v);
	assert.equal(report('only a text').exitCode, 1);
});

void test('control sequences in a message go nowhere', () => {
	assert.equal(report(new NoSpaceError('\u{1B}[2JFull\u{7}.', {code: 'disk_full'})).text, 'error: Full.\n');
});
