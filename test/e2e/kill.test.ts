import {test, type TestContext} from 'node:test';
import {createRandom} from '../helpers/random.js';
import {killRound} from './kill-round.js';

// The seed is that of the day, not of the run: a failure can be had again.
const seed = Math.floor(Date.now() / 86_400_000);
const random = createRandom(seed);

test('downloads that are killed go on and are right, and little is sent twice', {concurrency: 2}, async (t: TestContext) => {
	let wanted = 0;
	let sent = 0;
	await Promise.all(Array.from({length: 20}, async (_, round) => {
		const count = 1 + (round % 4);
		const sizeBytes = Math.floor((50_000_000 + (random() * 20_000_000)) / count);
		const moment = random();
		await t.test(`${count} of ${sizeBytes} bytes, at ${moment.toFixed(2)} of their time (seed ${seed}, round ${round})`, async () => {
			const ratio = await killRound({
				count, sizeBytes, bytesPerSecond: 20_000_000, moments: [moment],
			});
			wanted += count * sizeBytes;
			sent += count * sizeBytes * ratio;
		});
	}));
	// Of all rounds together: what waits in the system's buffers when a worker is killed depends on how busy the machine is just then.
	t.assert.ok(sent <= wanted * 1.05, `${sent / wanted} × the size was sent`);
});
