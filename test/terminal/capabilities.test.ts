import assert from 'node:assert/strict';
import {test} from 'node:test';
import {colorEnvironment, findTerminalProblem} from '../../source/terminal/capabilities.js';

const environment = (...entries: ReadonlyArray<readonly [string, string]>) => Object.fromEntries(entries);

test('a terminal at both ends is enough', () => {
	assert.equal(findTerminalProblem({isInputTerminal: true, isOutputTerminal: true, environment: environment(['TERM', 'xterm'])}), undefined);
	assert.equal(findTerminalProblem({isInputTerminal: true, isOutputTerminal: true, environment: {}}), undefined);
});

for (const [isInputTerminal, isOutputTerminal] of [[false, true], [true, false], [false, false]] as const) {
	test(`no terminal: input ${isInputTerminal}, output ${isOutputTerminal}`, () => {
		const problem = findTerminalProblem({isInputTerminal, isOutputTerminal, environment: environment(['TERM', 'xterm'])});
		assert.equal(problem?.code, 'no_terminal');
		assert.equal(problem.exitCode, 2);
		assert.match(problem.hint!, /remuda --help/v);
	});
}

test('a dumb terminal', () => {
	const problem = findTerminalProblem({isInputTerminal: true, isOutputTerminal: true, environment: environment(['TERM', 'dumb'])});
	assert.equal(problem?.code, 'dumb_terminal');
	assert.equal(problem.exitCode, 2);
});

test('NO_COLOR becomes what Ink knows, unless it is empty or something else was said', () => {
	assert.deepEqual(colorEnvironment(environment(['NO_COLOR', '1'])), environment(['FORCE_COLOR', '0']));
	assert.deepEqual(colorEnvironment(environment(['NO_COLOR', ''])), {});
	assert.deepEqual(colorEnvironment({}), {});
	assert.deepEqual(colorEnvironment(environment(['NO_COLOR', '1'], ['FORCE_COLOR', '3'])), {});
});
