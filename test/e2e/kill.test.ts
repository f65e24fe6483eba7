import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createRandom} from '../helpers/random.js';
import {killRound} from './kill-round.js';

// The seed is that of the day, not of the run: a failure can be had again.
const seed = Math.floor(Date.now() / 86_400_000);
const random = createRandom(seed);

for (let round = 1; round <= 20; round++) {
	const kill = {
		count: 1 + (round % 4), sizeBytes: 24_000_000 + Math.floor(random() * 16_000_000), bytesPerSecond: 80_000_000, moment: random(),
	};
	test(`killed at ${(kill.moment * 100).toFixed(0)} % of ${kill.count} downloads of ${kill.sizeBytes} bytes (seed ${seed}, round ${round}), they go on and are right`, async () => {
		const ratio = await killRound(kill);
		assert.ok(ratio <= 1.05, `${ratio} × the size was sent`);
	});
}
