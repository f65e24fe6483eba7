import {setTimeout as delay} from 'node:timers/promises';
import {type PtyProgram} from '../../test/helpers/pty.js';
import {median, quantile} from '../terminal/statistics.js';
import {withHerd, type HerdOptions} from './herd.js';

const cursorRow = (app: PtyProgram) => app.screen().findIndex(row => row.includes('›'));

/**
From the key press until the cursor stands in another row: bars that move meanwhile do not count.
*/
async function timeToMove(app: PtyProgram, key: string): Promise<number> {
	const before = cursorRow(app);
	const pressed = performance.now();
	app.press(key);
	// Sleeps until something was drawn, as a terminal does: looking again and again would take one of the cores that are measured.
	await app.waitFor(() => cursorRow(app) !== before);
	return performance.now() - pressed;
}

async function measure(app: PtyProgram, presses: number): Promise<string> {
	app.press('g');
	await delay(500);
	const times = [];
	for (let press = 0; press < presses; press++) {
		times.push(await timeToMove(app, press % 2 === 0 ? 'Down' : 'Up')); // eslint-disable-line no-await-in-loop -- one after the other
		await delay(40 + ((press * 37) % 60)); // eslint-disable-line no-await-in-loop -- at different moments of the redrawing
	}

	return `median ${median(times).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`;
}

/**
The app's answer to a cursor key before any download and while all of them run, in the list of downloads and in browse.
*/
export async function measureKeysWhileDownloading(options: HerdOptions, presses: number): Promise<void> {
	await withHerd(options, async ({app, downloadAll}) => {
		await app.waitFor('›');
		console.log(`\nkey to the cursor in its new row, 120×40, ${presses} keys`);
		console.log(`browse, nothing runs: ${await measure(app, presses)}`);
		await downloadAll();
		app.press('2');
		await app.waitFor(/downloading/v);
		await delay(2000);
		console.log(`downloads, ${options.count} run with ${options.connections} connections each: ${await measure(app, presses)}`);
		app.press('1');
		await app.waitFor('›');
		console.log(`browse meanwhile: ${await measure(app, presses)}`);
	});
}
