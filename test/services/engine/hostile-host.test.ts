// What a host that a hostile model file took over may do to the app: fake hosts, started and spoken to as the real one is.
import assert from 'node:assert/strict';
import {readFile, writeFile} from 'node:fs/promises';
import process from 'node:process';
import {test} from 'node:test';
import {RemudaError} from '../../../source/errors/remuda-error.js';
import {createEngine} from '../../../source/services/engine/create-engine.js';
import {type Engine} from '../../../source/services/engine/engine.js';
import {engineSettings, greedy, installedModel} from '../../helpers/starter-model.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const never = new AbortController().signal;
const loaded = {
	contextSize: 1024,
	batchSize: 512,
	gpuLayers: 0,
	kvCacheType: 'f16',
	flashAttention: 'auto',
	memoryMap: true,
	memoryLock: false,
	expertLayersInMemory: 0,
	trainedContextLength: 1024,
	device: 'CPU',
};
const request = {messages: [{role: 'user', content: 'Hello'}], sampling: greedy} as const;

const prelude = (pidFile: string) => String.raw`
	import fs from 'node:fs';
	import net from 'node:net';
	import process from 'node:process';
	import readline from 'node:readline';
	fs.writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
	const socket = new net.Socket({fd: 3});
	socket.on('close', () => process.exit());
	const send = event => socket.write(JSON.stringify(event) + '\n');
	const hello = () => send({type: 'hello', version: 1, processId: process.pid});
	const done = (request, result) => send({type: 'done', id: request.id, result});
	const answer = answers => readline.createInterface({input: socket}).on('line', line => {
		const request = JSON.parse(line);
		({shutdown: () => process.exit(), ...answers})[request.type]?.(request);
	});
	const loaded = ${JSON.stringify(loaded)};
`;

/**
An engine whose host is `script`, and whether that host still runs.
*/
async function withHost(script: string, work: (engine: Engine, isRunning: () => Promise<boolean>) => Promise<void>): Promise<void> {
	await using folder = await temporaryFolder();
	const [file, pidFile] = [folder.join('host.mjs'), folder.join('pid')];
	await writeFile(file, prelude(pidFile) + script);
	const engine = createEngine({
		settings: () => ({...engineSettings, sandbox: 'off'}),
		program: {program: process.execPath, arguments: [file], readablePaths: []},
	});
	const isRunning = async () => {
		const processId = Number(await readFile(pidFile, 'utf8'));
		try {
			return process.kill(processId, 0);
		} catch {
			return false;
		}
	};

	try {
		await work(engine, isRunning);
	} finally {
		await engine.close();
	}
}

function crash(pattern: RegExp): (error: unknown) => boolean {
	return error => {
		assert.ok(error instanceof RemudaError);
		assert.equal(error.code, 'engine_crashed');
		assert.match(error.message, pattern);
		return true;
	};
}

const lies: Record<string, readonly [script: string, pattern: RegExp]> = {
	'sends garbage': [String.raw`hello(); socket.write("garbage\n");`, /broke the protocol/v],
	'sends JSON of another kind': ['hello(); send({type: "open", path: "/etc/passwd"});', /broke the protocol/v],
	'sends a number out of bounds': ['hello(); answer({load: ({id}) => send({type: "progress", id, fraction: 2})});', /broke the protocol/v],
	'sends a line without an end': ['hello(); setInterval(() => socket.write("x".repeat(65536)), 1);', /broke the protocol/v],
	'sends a text that is too long': ['hello(); answer({load: ({id}) => send({type: "token", id, text: "x".repeat(70000), generatedTokens: 1})});', /broke the protocol/v],
	'answers with something else': ['hello(); answer({load: request => done(request, {contextSize: "large"})});', /broke the protocol/v],
	'speaks another version': ['send({type: "hello", version: 99, processId: 1});', /another version/v],
	'exits at once': [String.raw`process.stderr.write("fatal \u001B[31merror\u001B[0m\n"); process.exitCode = 3; socket.destroy();`, /could not be started: it exited with code \d \(fatal error\)/v],
	aborts: [String.raw`hello(); answer({load() { process.stderr.write("GGML_ASSERT failed\n"); process.abort(); }});`, /ended by SIGABRT \(GGML_ASSERT failed\)/v],
};

for (const [name, [script, pattern]] of Object.entries(lies)) {
	test(`a host that ${name} is ended, and becomes an error`, async () => {
		await withHost(script, async (engine, isRunning) => {
			await assert.rejects(engine.load(installedModel(), {signal: never}), crash(pattern));
			assert.equal(engine.loaded(), undefined);
			assert.equal(await isRunning(), false);
		});
	});
}

const deaths: Record<string, string> = {
	'is killed by the system': 'process.kill(process.pid, "SIGKILL");',
	'gives up after a failed allocation': String.raw`process.stderr.write("ggml_aligned_malloc: insufficient memory (attempted to allocate 4096.00 MB)\n"); process.abort();`,
};

for (const [name, death] of Object.entries(deaths)) {
	test(`a host that ${name} while it loads is a model that does not fit`, async () => {
		await withHost(`hello(); answer({load() { ${death} }});`, async engine => {
			await assert.rejects(engine.load(installedModel(), {signal: never}), {code: 'out_of_memory', exitCode: 7});
		});
	});
}

test('a host that is killed while it answers has crashed', async () => {
	await withHost('hello(); answer({load: request => done(request, loaded), generate: () => process.kill(process.pid, "SIGKILL")});', async engine => {
		await engine.load(installedModel(), {signal: never});
		await assert.rejects(engine.generate(request, {signal: never}), crash(/ended by SIGKILL/v));
	});
});

test('a load that never ends can be aborted, and leaves no host', async () => {
	await withHost('hello(); answer({load: request => send({type: "progress", id: request.id, fraction: 0.5})});', async (engine, isRunning) => {
		const controller = new AbortController();
		const reason = new Error('no longer wanted');
		const fractions: number[] = [];
		const loading = engine.load(installedModel(), {
			signal: controller.signal,
			onProgress(fraction) {
				fractions.push(fraction);
				controller.abort(reason);
			},
		});
		await assert.rejects(loading, error => error === reason);
		assert.deepEqual(fractions, [0.5]);
		assert.equal(await isRunning(), false);
	});
});

test('text is clean before anyone sees it', async () => {
	const statistics = {
		promptTokens: 1, cachedPromptTokens: 0, generatedTokens: 3, promptTokensPerSecond: 1, generationTokensPerSecond: 1, timeToFirstTokenMs: 1, contextUsed: 4, contextSize: 1024,
	};
	const script = String.raw`hello(); answer({
		load: request => done(request, loaded),
		generate(request) {
			for (const text of ['\u001B]0;own', 'ed\u0007Hello \u001B[3', '1mWorld\uD83D', '\uDC0E\u202E!']) {
				send({type: 'token', id: request.id, text, generatedTokens: 1});
			}
			done(request, {stopReason: 'end', statistics: ${JSON.stringify(statistics)}});
		},
	});`;
	await withHost(script, async engine => {
		await engine.load(installedModel(), {signal: never});
		const pieces: string[] = [];
		const {text, stopReason} = await engine.generate(request, {
			signal: never,
			onProgress(progress) {
				pieces.push(progress.text);
			},
		});
		assert.equal(text, 'Hello World🐎!');
		assert.equal(pieces.join(''), text);
		assert.equal(stopReason, 'end');
	});
});

test('a host that does not react to an abort is ended, and what it said is kept', async () => {
	const script = `hello(); answer({
		load: request => done(request, loaded),
		generate: request => send({type: 'token', id: request.id, text: 'Well', generatedTokens: 1}),
	});`;
	await withHost(script, async (engine, isRunning) => {
		await engine.load(installedModel(), {signal: never});
		const controller = new AbortController();
		const {text, stopReason} = await engine.generate(request, {
			signal: controller.signal,
			onProgress() {
				controller.abort();
			},
		});
		assert.equal(text, 'Well');
		assert.equal(stopReason, 'abort');
		assert.equal(await isRunning(), false);
	});
});

test('close() ends a host that will not go', async () => {
	await withHost('hello(); answer({load: request => done(request, loaded), shutdown() {}});', async (engine, isRunning) => {
		await engine.load(installedModel(), {signal: never});
		const generating = assert.rejects(engine.generate(request, {signal: never}), {code: 'interrupted'});
		const startedAt = performance.now();
		await engine.close();
		assert.ok(performance.now() - startedAt < 5000);
		await generating;
		assert.equal(await isRunning(), false);
		await assert.rejects(engine.load(installedModel(), {signal: never}), {code: 'interrupted'});
	});
});

test('a host whose program is missing becomes an error', async () => {
	const engine = createEngine({
		settings: () => ({...engineSettings, sandbox: 'off'}),
		program: {program: '/nowhere/node', arguments: [], readablePaths: []},
	});
	await assert.rejects(engine.load(installedModel(), {signal: never}), crash(/could not be started: .*ENOENT/v));
	await engine.close();
});

test('without a model there is nothing to generate with', async () => {
	await withHost('', async engine => {
		await assert.rejects(engine.generate(request, {signal: never}), {code: 'no_model_loaded'});
		await assert.rejects(engine.measure({promptTokens: 1, generatedTokens: 2}, {signal: never}), {code: 'no_model_loaded'});
		assert.equal(await engine.peakMemoryBytes(), undefined);
		await engine.unload();
	});
});
