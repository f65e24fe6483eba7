// Draws the pictures in media/: the demo runs in a real pty, keys are pressed as scripts/media/scenes.ts says, and the cells of the screen become SVG.
// Arguments: names of scenes whose pictures to write (all are played), none means all. `npm run build` comes first.
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {startInPty, type PtyProgram} from '../test/helpers/pty.js';
import {scenes, type Step} from './media/scenes.js';
import {screenToSvg} from './media/screen-to-svg.js';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'media');
const wanted = process.argv.slice(2);

async function still(app: PtyProgram, milliseconds: number): Promise<void> {
	let before;
	do {
		before = app.output().length;
		await delay(milliseconds); // eslint-disable-line no-await-in-loop -- Until nothing was drawn meanwhile.
	} while (app.output().length !== before);
}

async function perform(app: PtyProgram, step: Step): Promise<void> {
	if ('wait' in step) {
		await app.waitFor(step.wait, {deadline: 60_000});
	} else if ('still' in step) {
		await still(app, step.still);
	} else if ('press' in step) {
		app.press(step.press);
	} else {
		app.type(step.type);
	}

	// A key shall have had its effect before the next one.
	await delay(200);
}

async function drawAll(columns: number, rows: number): Promise<void> {
	await using app = startInPty([process.execPath, '--import', 'tsx', path.join(root, 'scripts', 'demo.ts')], {
		columns, rows, cwd: root, env: Object.fromEntries([['COLORTERM', 'truecolor']]),
	});
	for (const {name, steps} of scenes) {
		for (const step of steps) {
			await perform(app, step); // eslint-disable-line no-await-in-loop -- In order.
		}

		if (wanted.length > 0 && !wanted.includes(name)) {
			continue;
		}

		const file = path.join(folder, `${name}-${columns}x${rows}.svg`);
		await writeFile(file, screenToSvg(app, `remuda — ${name}`)); // eslint-disable-line no-await-in-loop -- Before the app goes on.
		console.log(path.relative(root, file));
	}

	// Work may still run, and Ctrl-C would ask.
	app.signal('SIGTERM');
	await app.waitForExit();
}

await mkdir(folder, {recursive: true});
for (const [columns, rows] of [[80, 24], [120, 40]] as const) {
	await drawAll(columns, rows); // eslint-disable-line no-await-in-loop -- One at a time: two would slow each other down.
}
