// One stream of 1 GB from loopback, with its hash: the service against `curl` followed by `openssl dgst -sha256`.
// Usage: node --import tsx bench/downloads/single-stream.ts [BYTES] [PAIRS]
import {fork, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {rmSync} from 'node:fs';
import {mkdtemp, rm, stat} from 'node:fs/promises';
import {availableParallelism, tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {formatBytes} from '../../source/format/bytes.js';

type Server = {readonly hubUrl: string; readonly fileUrl: string; readonly sha256: string};
type Run = {readonly milliseconds: number; readonly cpuMilliseconds: number};

const size = Number(process.argv[2] ?? 1_000_000_000);
const pairs = Number(process.argv[3] ?? 5);

async function startServer(): Promise<{readonly server: Server; readonly stop: () => void}> {
	const child = fork(path.join(import.meta.dirname, 'serve-file.ts'), [String(size)], {execArgv: ['--import', 'tsx']});
	const [server] = await once(child, 'message') as [Server];
	return {
		server,
		stop() {
			child.disconnect();
		},
	};
}

/**
The service in a process of its own, timed from the request to the record in the manifest; start-up is not counted on either side that has one.
*/
async function runOurs(folder: string, {hubUrl, sha256}: Server): Promise<Run> {
	const home = await mkdtemp(path.join(folder, 'remuda-'));
	const child = fork(path.join(import.meta.dirname, 'download-once.ts'), [home, hubUrl, sha256, String(size)], {execArgv: ['--import', 'tsx']});
	let run: Run | undefined;
	child.once('message', message => {
		run = message as Run;
	});
	const [code] = await once(child, 'exit') as [number | undefined];
	if (run === undefined) {
		throw new Error(`The download failed: exit code ${code}.`);
	}

	await rm(home, {recursive: true});
	return run;
}

function runTheirs(folder: string, {fileUrl, sha256}: Server): Run {
	const file = path.join(folder, 'by-curl');
	const begin = performance.now();
	const {stderr} = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time { curl --silent --output "$1" "$2" && openssl dgst -sha256 -r "$1" >&2; }', 'bash', file, fileUrl], {encoding: 'utf8'});
	const milliseconds = performance.now() - begin;
	const isRight = stderr.startsWith(sha256);
	rmSync(file);
	if (!isRight) {
		throw new Error('curl brought the wrong bytes.');
	}

	const [user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
	return {milliseconds, cpuMilliseconds: (user + system) * 1000};
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((left, right) => left - right);
	return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

async function compare(name: string, folder: string, server: Server): Promise<void> {
	const ours: Run[] = [];
	const theirs: Run[] = [];
	// The first pair warms up the server and the caches, and is not counted.
	for (let pair = -1; pair < pairs; pair++) {
		// eslint-disable-next-line no-await-in-loop -- one at a time, in turns
		const [own, other] = [await runOurs(folder, server), runTheirs(folder, server)];
		if (!(pair >= 0)) {
			continue;
		}

		ours.push(own);
		theirs.push(other);
	}

	const rate = (runs: readonly Run[]) => size / median(runs.map(({milliseconds}) => milliseconds)) / 1000;
	const cpu = (runs: readonly Run[]) => median(runs.map(({cpuMilliseconds}) => cpuMilliseconds));
	const ratio = median(ours.map(({milliseconds}, index) => theirs[index]!.milliseconds / milliseconds));
	const cpuRatio = median(ours.map(({cpuMilliseconds}, index) => cpuMilliseconds / theirs[index]!.cpuMilliseconds));
	console.log([
		name.padEnd(6),
		`${rate(ours).toFixed(0)} MB/s`.padStart(10),
		`${rate(theirs).toFixed(0)} MB/s`.padStart(14),
		ratio.toFixed(2).padStart(6),
		`${(cpu(ours) / 1000).toFixed(2)} s`.padStart(9),
		`${(cpu(theirs) / 1000).toFixed(2)} s`.padStart(9),
		cpuRatio.toFixed(2).padStart(6),
	].join('  '));
}

const {server, stop} = await startServer();
console.log(`One stream of ${formatBytes(size)}, median of ${pairs} pairs, ${availableParallelism()} cores.`);
console.log('volume      Remuda  curl; openssl   rate  CPU ours     theirs  ratio');
const shared = await stat('/dev/shm').catch(() => undefined);
for (const [name, parent] of [...(shared === undefined ? [] : [['tmpfs', '/dev/shm'] as const]), ['disk', tmpdir()] as const]) {
	// eslint-disable-next-line no-await-in-loop -- one volume after the other
	const folder = await mkdtemp(path.join(parent, 'remuda-bench-'));
	try {
		// eslint-disable-next-line no-await-in-loop -- the same
		await compare(name, folder, server);
	} finally {
		// eslint-disable-next-line no-await-in-loop -- the same
		await rm(folder, {recursive: true, force: true});
	}
}

stop();
