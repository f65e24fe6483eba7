import assert from 'node:assert/strict';
import {writeFile} from 'node:fs/promises';
import {test} from 'node:test';
import {type Environment} from '../../../source/services/network/environment.js';
import {readHubSettings} from '../../../source/services/network/hub-settings.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const official = 'https://huggingface.co';

type Pair = readonly [name: string, value: string];

function environment(...pairs: readonly Pair[]): Environment {
	// A home of its own, or the developer's token would take part.
	return Object.fromEntries([['HOME', '/nonexistent'], ...pairs]);
}

test('without any variable it is the configured endpoint, online, without a token', async () => {
	const settings = await readHubSettings(environment(), official);
	assert.deepEqual(settings, {endpoint: new URL('https://huggingface.co/'), offline: false});
});

test('HF_ENDPOINT goes before the config, and keeps a path of its own', async () => {
	const {endpoint} = await readHubSettings(environment(['HF_ENDPOINT', 'https://mirror.example/hf']), official);
	assert.equal(endpoint.href, 'https://mirror.example/hf/');
	assert.equal(new URL('api/models', endpoint).href, 'https://mirror.example/hf/api/models');
});

test('the token is HF_TOKEN, then HUGGING_FACE_HUB_TOKEN, then the file that a login leaves', async () => {
	await using folder = await temporaryFolder();
	await writeFile(folder.join('token'), 'hf_file\n');
	const home = ['HF_HOME', folder.path] as const;
	const old = ['HUGGING_FACE_HUB_TOKEN', 'hf_old'] as const;
	const tokenOf = async (...pairs: readonly Pair[]) => {
		const {token} = await readHubSettings(environment(...pairs), official);
		return token?.value;
	};

	assert.equal(await tokenOf(home, old, ['HF_TOKEN', ' hf_new ']), 'hf_new');
	assert.equal(await tokenOf(home, old), 'hf_old');
	assert.equal(await tokenOf(home), 'hf_file');
	assert.equal(await tokenOf(['HF_TOKEN_PATH', folder.join('token')]), 'hf_file');
	assert.equal(await tokenOf(['HF_HOME', folder.join('missing')]), undefined);
	assert.equal(await tokenOf(['HF_TOKEN', 'two\nlines']), undefined);
});

test('a token goes to Hugging Face, to this machine, and where HF_ENDPOINT points; never to a mirror of the config', async () => {
	const token = ['HF_TOKEN', 'hf_secret'] as const;
	const originFor = async (settings: Environment, configured: string) => {
		const read = await readHubSettings(settings, configured);
		return read.token?.origin;
	};

	assert.equal(await originFor(environment(token), official), 'https://huggingface.co');
	assert.equal(await originFor(environment(token), 'http://127.0.0.1:8080'), 'http://127.0.0.1:8080');
	assert.equal(await originFor(environment(token, ['HF_ENDPOINT', 'https://mirror.example']), official), 'https://mirror.example');
	assert.equal(await originFor(environment(token), 'https://mirror.example'), undefined);
	assert.equal(await originFor(environment(token), 'https://huggingface.co.example'), undefined);
	assert.equal(await originFor(environment(token), 'https://nothuggingface.co'), undefined);
});

for (const [value, expected] of [['1', true], ['ON', true], ['yes', true], ['True', true], ['0', false], ['', false]] as const) {
	test(`HF_HUB_OFFLINE=${value} is ${expected ? 'off' : 'on'}line`, async () => {
		const {offline} = await readHubSettings(environment(['HF_HUB_OFFLINE', value]), official);
		assert.equal(offline, expected);
	});
}

test('an endpoint that is no address, or not safe, is refused', async () => {
	await assert.rejects(readHubSettings(environment(['HF_ENDPOINT', 'huggingface.co']), official), {code: 'invalid_endpoint', exitCode: 2});
	const insecure = 'https://mirror.example'.replace('https', 'http');
	await assert.rejects(readHubSettings(environment(['HF_ENDPOINT', insecure]), official), {code: 'insecure_url'});
});
