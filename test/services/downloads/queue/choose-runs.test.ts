import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chooseRuns, type Candidate} from '../../../../source/services/downloads/queue/choose-runs.js';

/**
`a` waits, `A` runs, `A!` verifies, `a-` may not run yet.
*/
function candidates(text: string): readonly Candidate[] {
	return text.split(' ').filter(word => word !== '').map(word => ({
		id: word[0]!.toLowerCase(),
		isRunning: /^[A-Z]/v.test(word),
		isVerifying: word.includes('!'),
		mustWait: word.includes('-'),
	}));
}

function choose(text: string, limit: number, stopping = 0) {
	const choice = chooseRuns(candidates(text), {limit, stopping});
	return {begin: choice.begin.join(''), yield: choice.yield.join('')};
}

const cases: ReadonlyArray<readonly [name: string, choice: ReturnType<typeof choose>, expected: ReturnType<typeof choose>]> = [
	['nothing', choose('', 2), {begin: '', yield: ''}],
	['the first ones begin', choose('a b c', 2), {begin: 'ab', yield: ''}],
	['no more than there is room', choose('A b c', 2), {begin: 'b', yield: ''}],
	['those that may not are passed over', choose('a- b- c d', 1), {begin: 'c', yield: ''}],
	['one that goes first takes the place of the last', choose('x A B', 2), {begin: '', yield: 'b'}],
	['and begins once that one has stopped', choose('x A', 2, 1), {begin: '', yield: ''}],
	['then', choose('x A', 2), {begin: 'x', yield: ''}],
	['a lower limit', choose('A B C', 1), {begin: '', yield: 'bc'}],
	['the end of its hours', choose('A- b', 1), {begin: '', yield: 'a'}],
	['one that verifies is left to end, whoever comes first', choose('x A!', 1), {begin: '', yield: ''}],
	['even outside of its hours', choose('A!- b', 1), {begin: '', yield: ''}],
	['and takes a place', choose('a b C!', 2), {begin: 'a', yield: ''}],
	['one that is stopping keeps its place until it has', choose('a b', 2, 2), {begin: '', yield: ''}],
];

for (const [name, choice, expected] of cases) {
	test(name, () => {
		assert.deepEqual(choice, expected);
	});
}
