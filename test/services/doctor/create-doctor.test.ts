import assert from 'node:assert/strict';
import {mkdir, readdir, writeFile} from 'node:fs/promises';
import {test} from 'node:test';
import * as z from 'zod/mini';
import {type TerminalFacts} from '../../../source/services/doctor/check.js';
import {checks as allChecks} from '../../../source/services/doctor/checks/checks.js';
import {createDoctor} from '../../../source/services/doctor/create-doctor.js';
import {type DoctorCheck} from '../../../source/types/doctor.js';
import {openStorage} from '../../../source/services/storage/open-storage.js';
import {startHub} from '../../helpers/hub/start-hub.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const {signal} = new AbortController();
const fullTerminal = {
	isTerminal: true, columns: 120, rows: 40, colorDepth: 8,
};

/**
What the checks found, by id; the engine is looked at only when asked for, because it takes a second.
*/
async function examine({environment, terminal = {isTerminal: false}, nodeVersion = '24.0.0', platform = 'linux', ids = allChecks.map(({id}) => id).filter(id => id !== 'engine')}: {
	readonly environment: Readonly<Record<string, string>>;
	readonly terminal?: TerminalFacts;
	readonly nodeVersion?: string;
	readonly platform?: NodeJS.Platform;
	readonly ids?: readonly string[];
}): Promise<Readonly<Record<string, DoctorCheck>>> {
	const doctor = createDoctor({
		// Nothing listens on the port that is reserved for discarding.
		environment: {HF_ENDPOINT: 'http://127.0.0.1:9', ...environment},
		terminal,
		nodeVersion,
		platform,
		checks: allChecks.filter(({id}) => ids.includes(id)),
	});
	const found = await doctor.check({signal});
	return Object.fromEntries(found.map(check => [check.id, check]));
}

void test('a new home: no error, and nothing is made', async () => {
	await using folder = await temporaryFolder();
	const found = await examine({environment: {HOME: folder.path}});
	assert.deepEqual(Object.values(found).filter(({status}) => status === 'error'), []);
	assert.deepEqual(await readdir(folder.path), []);
});

void test('the hub: answers, or is a warning with a hint', async () => {
	await using folder = await temporaryFolder();
	const hub = await startHub();
	const good = await examine({environment: {HOME: folder.path, HF_ENDPOINT: hub.url}, ids: ['hub']});
	assert.equal(good.hub?.status, 'ok');
	hub.fault({kind: 'status', status: 503});
	const troubled = await examine({environment: {HOME: folder.path, HF_ENDPOINT: hub.url}, ids: ['hub']});
	assert.equal(troubled.hub?.status, 'warning');
	assert.match(troubled.hub.detail, /503/v);
	await hub.close();
	const gone = await examine({environment: {HOME: folder.path, HF_ENDPOINT: hub.url}, ids: ['hub']});
	assert.equal(gone.hub?.status, 'warning');
	assert.match(gone.hub.hint!, /HF_ENDPOINT/v);
	const offline = await examine({environment: {HOME: folder.path, HF_HUB_OFFLINE: '1'}, ids: ['hub']});
	assert.match(offline.hub!.detail, /HF_HUB_OFFLINE/v);
});

void test('the token: where it is from, never what it is', async () => {
	await using folder = await temporaryFolder();
	const none = await examine({environment: {HOME: folder.path}, ids: ['token']});
	assert.match(none.token!.detail, /^none/v);
	const variable = await examine({environment: {HOME: folder.path, HF_TOKEN: 'hf_secretsecret'}, ids: ['token']});
	assert.match(variable.token!.detail, /HF_TOKEN/v);
	await mkdir(folder.join('hf'));
	await writeFile(folder.join('hf', 'token'), 'hf_secretsecret\n');
	const file = await examine({environment: {HOME: folder.path, HF_HOME: folder.join('hf')}, ids: ['token']});
	assert.match(file.token!.detail, /hf auth login/v);
	assert.doesNotMatch(JSON.stringify([variable, file]), /secret/v);
});

void test('proxies: host and variable, never the password', async () => {
	await using folder = await temporaryFolder();
	const used = await examine({environment: {HOME: folder.path, HTTPS_PROXY: 'https://user:secret@proxy.example:8080', NO_PROXY: 'localhost'}, ids: ['proxies']});
	assert.equal(used.proxies?.detail, 'HTTPS_PROXY proxy.example:8080, except for localhost');
	const broken = await examine({environment: {HOME: folder.path, HTTP_PROXY: 'secret proxy'}, ids: ['proxies']});
	assert.equal(broken.proxies?.status, 'error');
	assert.doesNotMatch(broken.proxies.detail, /secret/v);
});

void test('a broken config is an error, and hides no other check', async () => {
	await using folder = await temporaryFolder();
	await writeFile(folder.join('config.json'), '{"version": 1, "engine": {"threads": "many"}}');
	const found = await examine({environment: {HOME: folder.path, REMUDA_HOME: folder.path}});
	assert.equal(found.config?.status, 'error');
	assert.match(found.config.detail, /engine\.threads/v);
	assert.match(found.config.hint!, /untouched/v);
	assert.equal(found.home?.status, 'ok');
	assert.equal(found.space?.status === 'error', false);
});

void test('a file that is no database is an error with a hint', async () => {
	await using folder = await temporaryFolder();
	await writeFile(folder.join('remuda.sqlite'), 'no database'.repeat(1000));
	const found = await examine({environment: {HOME: folder.path, REMUDA_HOME: folder.path}, ids: ['database']});
	assert.equal(found.database?.status, 'error');
	assert.match(found.database.hint!, /move/iv);
});

void test('records that cannot be read are told of', async () => {
	await using folder = await temporaryFolder();
	const storage = openStorage({path: folder.join('remuda.sqlite')});
	await storage.records('manifest', z.unknown()).put('strange', {id: 7});
	await storage.close();
	const found = await examine({environment: {HOME: folder.path, REMUDA_HOME: folder.path}, ids: ['database']});
	assert.equal(found.database?.status, 'warning');
	assert.match(found.database.detail, /1 of its records .* manifest strange/v);
});

void test('a home that cannot be written is an error with a hint', async () => {
	await using folder = await temporaryFolder();
	// A file where the folder should be: nobody can write into it, not even root.
	await writeFile(folder.join('home'), '');
	const homes = [folder.join('home'), folder.join('home', 'below')];
	const found = await Promise.all(homes.map(async home => examine({environment: {HOME: folder.path, REMUDA_HOME: home}, ids: ['home']})));
	assert.deepEqual(found.map(({home}) => home?.status), ['error', 'error']);
	assert.deepEqual(found.map(({home}) => home?.hint?.includes('REMUDA_HOME')), [true, true]);
});

void test('the home is left as it was', async () => {
	await using folder = await temporaryFolder();
	const found = await examine({environment: {HOME: folder.path, REMUDA_HOME: folder.path}});
	assert.equal(found.home?.status, 'ok');
	assert.deepEqual(await readdir(folder.path), []);
});

const terminals: ReadonlyArray<readonly [name: string, environment: Readonly<Record<string, string>>, terminal: TerminalFacts, status: string, said: RegExp]> = [
	['none', {}, {isTerminal: false}, 'ok', /none/v],
	['a good one', {TERM: 'xterm-256color', LANG: 'en_US.UTF-8'}, fullTerminal, 'ok', /120×40, 256 colours, UTF-8/v],
	['a dumb one', {TERM: 'dumb', LANG: 'en_US.UTF-8'}, fullTerminal, 'warning', /cannot draw/v],
	['one without a name', {LANG: 'en_US.UTF-8'}, fullTerminal, 'warning', /TERM/v],
	['a small one', {TERM: 'xterm', LANG: 'en_US.UTF-8'}, {...fullTerminal, columns: 79}, 'warning', /79×40/v],
	['one without UTF-8', {TERM: 'xterm', LANG: 'C'}, fullTerminal, 'warning', /no UTF-8/v],
	['LC_ALL over LANG', {TERM: 'xterm', LANG: 'en_US.UTF-8', LC_ALL: 'C'}, fullTerminal, 'warning', /no UTF-8/v],
	['one without colour', {TERM: 'xterm', LANG: 'C.UTF-8', NO_COLOR: '1'}, fullTerminal, 'ok', /NO_COLOR/v],
];

for (const [name, environment, terminal, status, said] of terminals) {
	void test(`terminal: ${name}`, async () => {
		await using folder = await temporaryFolder();
		const found = await examine({environment: {HOME: folder.path, ...environment}, terminal, ids: ['terminal']});
		assert.equal(found.terminal?.status, status);
		assert.match(found.terminal.detail, said);
	});
}

for (const [version, status] of [['22.19.0', 'ok'], ['24.21.0', 'ok'], ['22.18.9', 'error'], ['20.20.2', 'error']] as const) {
	void test(`Node.js ${version}: ${status}`, async () => {
		await using folder = await temporaryFolder();
		const found = await examine({environment: {HOME: folder.path}, nodeVersion: version, ids: ['node']});
		assert.equal(found.node?.status, status);
	});
}

void test('the registry and the engine are looked at for real', async () => {
	await using folder = await temporaryFolder();
	const {registry, engine} = await examine({environment: {HOME: folder.path}, ids: ['registry', 'engine']});
	assert.match(registry!.detail, /^\d+ models$/v);
	assert.equal(engine?.status, 'ok');
	assert.match(engine.detail, /starter model on \S/v);
});

void test('no sandbox is a warning only where there could be one', async () => {
	await using folder = await temporaryFolder();
	const environment = {HOME: folder.path, REMUDA_HOME: folder.path};
	const linux = await examine({environment, ids: ['sandbox']});
	// Whether this machine has bubblewrap is not this test's to say, only what follows from it.
	assert.match(linux.sandbox!.hint ?? linux.sandbox!.detail, linux.sandbox?.status === 'ok' ? /read-only/v : /Install bubblewrap/v);
	const elsewhere = await examine({environment, platform: 'darwin', ids: ['sandbox']});
	assert.equal(elsewhere.sandbox?.status, 'ok');
	await writeFile(folder.join('config.json'), '{"version": 1, "engine": {"sandbox": "off"}}');
	const off = await examine({environment, ids: ['sandbox']});
	assert.equal(off.sandbox?.status, 'ok');
});

void test('aborting ends it', async () => {
	await using folder = await temporaryFolder();
	const doctor = createDoctor({environment: {HOME: folder.path}, terminal: {isTerminal: false}});
	await assert.rejects(doctor.check({signal: AbortSignal.abort()}), {name: 'AbortError'});
});
