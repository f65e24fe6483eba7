import {availableParallelism, tmpdir} from 'node:os';
import {mkdtemp, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import {median} from '../terminal/statistics.js';

export type Run = {readonly milliseconds: number; readonly cpuMilliseconds: number};

export type Contest = {
	readonly title: string;
	/**
	Fetched by each side in one run.
	*/
	readonly bytes: number;
	readonly peer: string;
	/**
	Both get an empty folder on the volume that is measured.
	*/
	readonly ours: (folder: string) => Promise<Run>;
	readonly theirs: (folder: string) => Promise<Run>;
};

/**
Lets both run in turns, on tmpfs and on disk, and prints a row for each volume: median rates and CPU seconds, and the medians of the ratios within the pairs.
*/
export async function runPairs({title, bytes, peer, ours, theirs}: Contest, pairs: number): Promise<void> {
	console.log(`\n${title}; median of ${pairs} pairs, ${availableParallelism()} cores`);
	console.log(`${'volume'.padEnd(8)}${'Remuda'.padStart(12)}${peer.padStart(26)}${'rate'.padStart(7)}${'CPU ours'.padStart(11)}${'theirs'.padStart(10)}${'ratio'.padStart(7)}`);
	const shared = await stat('/dev/shm').catch(() => undefined);
	for (const [name, parent] of [...(shared === undefined ? [] : [['tmpfs', '/dev/shm'] as const]), ['disk', tmpdir()] as const]) {
		// The first pair warms up the server and the caches, and is not counted.
		await takeTurns(parent, {ours, theirs}, 1); // eslint-disable-line no-await-in-loop -- one after the other
		printRow(name, bytes, await takeTurns(parent, {ours, theirs}, pairs)); // eslint-disable-line no-await-in-loop -- the same
	}
}

type Pair = readonly [ours: Run, theirs: Run];

async function takeTurns(parent: string, {ours, theirs}: Pick<Contest, 'ours' | 'theirs'>, pairs: number): Promise<readonly Pair[]> {
	const runs: Pair[] = [];
	while (runs.length < pairs) {
		runs.push([await inFolder(parent, ours), await inFolder(parent, theirs)]); // eslint-disable-line no-await-in-loop -- in turns
	}

	return runs;
}

async function inFolder(parent: string, run: (folder: string) => Promise<Run>): Promise<Run> {
	const folder = await mkdtemp(path.join(parent, 'remuda-bench-'));
	try {
		return await run(folder);
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}

function printRow(name: string, bytes: number, pairs: readonly Pair[]): void {
	const own = pairs.map(([ours]) => ours);
	const other = pairs.map(([, theirs]) => theirs);
	const rate = (runs: readonly Run[]) => `${(bytes / median(runs.map(({milliseconds}) => milliseconds)) / 1000).toFixed(0)} MB/s`;
	const cpu = (runs: readonly Run[]) => `${(median(runs.map(({cpuMilliseconds}) => cpuMilliseconds)) / 1000).toFixed(2)} s`;
	const ratio = median(pairs.map(([ours, theirs]) => theirs.milliseconds / ours.milliseconds));
	const cpuRatio = median(pairs.map(([ours, theirs]) => ours.cpuMilliseconds / theirs.cpuMilliseconds));
	console.log(`${name.padEnd(8)}${rate(own).padStart(12)}${rate(other).padStart(26)}${ratio.toFixed(2).padStart(7)}${cpu(own).padStart(11)}${cpu(other).padStart(10)}${cpuRatio.toFixed(2).padStart(7)}`);
}
