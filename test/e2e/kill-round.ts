import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {readdir} from 'node:fs/promises';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import {setTimeout as delay} from 'node:timers/promises';
import {generateGguf} from '../helpers/hub/generate-file.js';
import {startHub} from '../helpers/hub/start-hub.js';
import {endWorker} from '../helpers/workers.js';
import {runRemuda} from './run-remuda.js';
import {temporaryUserHome} from './user-home.js';

export type KillRound = {
	/**
	How many downloads run at once, 1 to 4.
	*/
	readonly count: number;
	readonly sizeBytes: number;
	/**
	All connections together.
	*/
	readonly bytesPerSecond: number;
	/**
	When the worker is killed, each as a share of the time that the downloads take.
	*/
	readonly moments: readonly number[];
};

/**
Downloads that are killed the hard way at some moments, and gone on with: all files have to be right and nothing may be left behind.
@returns Bytes that were sent over the bytes of the files.
*/
export async function killRound({count, sizeBytes, bytesPerSecond, moments}: KillRound): Promise<number> {
	const files = Array.from({length: count}, (_, index) => ({
		repository: `herd/model-${index}-GGUF`, name: `model-${index}-Q8_0.gguf`, content: generateGguf({sizeBytes: sizeBytes + (index * 4099), seed: index + 1}),
	}));
	await using folder = await temporaryUserHome();
	await using hub = await startHub({
		repositories: files.map(({repository, name, content}) => ({id: repository, files: {[name]: content}})), bytesPerSecond,
	});
	const surroundings = {home: folder.path, hub: hub.url};
	const references = files.map(({repository}) => `hf:${repository}:Q8_0`);
	const total = files.reduce((sum, {content}) => sum + content.sizeBytes, 0);

	let passed = 0;
	for (const moment of moments.toSorted((one, other) => one - other)) {
		const queued = await runRemuda(surroundings, 'download', '--background', ...references); // eslint-disable-line no-await-in-loop -- one after the other
		assert.strictEqual(queued.code, 0, queued.stderr);
		// A moment, not a condition: any may be the worst.
		await delay((moment - passed) * total / bytesPerSecond * 1000); // eslint-disable-line no-await-in-loop -- the same
		passed = moment;
		await endWorker(folder.join('.remuda'), 'SIGKILL'); // eslint-disable-line no-await-in-loop -- the same
	}

	const done = await runRemuda(surroundings, 'download', ...references);
	assert.equal(done.code, 0, done.stderr);
	const models = folder.join('.remuda', 'models');
	for (const {repository, name, content} of files) {
		// eslint-disable-next-line no-await-in-loop -- one file after the other
		assert.equal(await sha256Of(path.join(models, 'huggingface', repository, name)), await content.sha256(), name);
	}

	assert.deepEqual(await readdir(path.join(models, '.downloading')).catch(() => []), []);
	const sent = hub.requests.filter(({server}) => server === 'cdn').reduce((sum, {sentBytes = 0}) => sum + sentBytes, 0);
	return sent / total;
}

async function sha256Of(file: string): Promise<string> {
	const hash = createHash('sha256');
	await pipeline(createReadStream(file), hash);
	return hash.digest('hex');
}
