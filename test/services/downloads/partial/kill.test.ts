import assert from 'node:assert/strict';
import {fork} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {test} from 'node:test';
import {subtractRanges, type ByteRange} from '../../../../source/services/downloads/partial/byte-ranges.js';
import {inSequence} from '../../../helpers/in-sequence.js';
import {
	assertHolds,
	fetchRanges,
	killedSize,
	never,
	noise,
	openScene,
} from './scene.js';

/**
Has a process write to the folder, and kills it when it has reported so many times; what it had reported last.
*/
async function killAfter(folder: string, reports: number): Promise<readonly ByteRange[]> {
	const child = fork(path.join(import.meta.dirname, 'killed-writer.ts'), [folder], {execArgv: ['--import', 'tsx']});
	const exited = once(child, 'exit');
	let heard = 0;
	let last: readonly ByteRange[] = [];
	child.on('message', ({written}: {readonly written: readonly ByteRange[]}) => {
		heard++;
		last = written;
		if (heard === reports) {
			child.kill('SIGKILL');
		}
	});
	const [, signal] = await exited as [unknown, string | undefined];
	assert.equal(signal, 'SIGKILL', 'it ended by itself');
	return last;
}

test('killed at any moment, again and again: nothing that was written is lost, and nothing is claimed that is not there', async () => {
	const content = noise(killedSize);
	await using scene = await openScene(content);
	const lost: ByteRange[] = [];
	for await (const round of inSequence(Array.from({length: 10}).keys())) {
		const reported = await killAfter(scene.folder, 1 + Math.floor(Math.random() * 8 * (round + 1)));
		const claimed = await scene.claimed();
		await assertHolds(scene.paths.partial, claimed, content);
		lost.push(...subtractRanges(reported, claimed));
	}

	assert.deepEqual(lost, []);
	const file = await scene.open();
	await fetchRanges(file, content, file.missing);
	const {sha256} = await file.finish({signal: never});
	assert.equal(sha256, file.identity.sha256);
});
