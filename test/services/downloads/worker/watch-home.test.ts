import assert from 'node:assert/strict';
import {mkdir, rename} from 'node:fs/promises';
import {test} from 'node:test';
import {watchHome} from '../../../../source/services/downloads/worker/watch-home.js';
import {temporaryFolder} from '../../../helpers/temporary-folder.js';

test('what fails at a look is told once, and tried again until the home is gone', async () => {
	await using folder = await temporaryFolder();
	const home = folder.join('home');
	await mkdir(home);
	const {promise: gone, resolve} = Promise.withResolvers<void>();
	const failures: unknown[] = [];
	let looks = 0;
	using _watch = await watchHome(home, {
		every: 1,
		async onTick() {
			looks++;
			if (looks === 4) {
				await rename(home, folder.join('elsewhere'));
			}

			if (looks !== 2) {
				throw new Error(`look ${looks}`);
			}
		},
		onFailure(error) {
			failures.push((error as Error).message);
		},
		onGone: resolve,
	});
	await gone;
	assert.deepEqual(failures, ['look 1', 'look 3']);
});
