import assert from 'node:assert/strict';
import {test} from 'node:test';
import {z} from 'zod';
import {createHub} from '../../../source/services/network/create-hub.js';
import {resolvePath} from '../../../source/services/network/hub-path.js';
import {startHub, type HubOptions} from '../../helpers/hub/start-hub.js';
import {startHubWorld} from '../../helpers/hub/start-hub-world.js';
import {fileOfBytes} from '../../helpers/hub/hub-file.js';
import {tinychatRepository} from '../../helpers/hub/tinychat-repository.js';

const {signal} = new AbortController();
const repository = 'remuda/tinychat-2.6M-GGUF';
const filePath = 'tinychat-2.6M.Q2_K.gguf';
const schema = z.unknown();
const limit = 1_000_000;

const token = ['HF_TOKEN', 'hf_good'] as const;
const accounts = {hf_good: {granted: [repository]}, hf_stranger: {granted: []}};

type Subject = {readonly repository: string; readonly revision: string; readonly filePath: string};

async function resolveFails(options: HubOptions, subject: Subject, ...environment: ReadonlyArray<readonly [name: string, value: string]>): Promise<Error> {
	await using world = await startHubWorld(options, ...environment);
	const response = await world.hub.request({url: resolvePath(subject), method: 'GET', signal});
	assert.notEqual(response.status, 302);
	const error = await world.hub.toError(response, subject);
	return error;
}

test('a file is redirected to a second host, and the redirect is handed over with the token kept at home', async () => {
	await using world = await startHubWorld({repositories: [tinychatRepository({private: true})], accounts}, token);
	const response = await world.hub.request({url: resolvePath({repository, revision: 'main', filePath}), method: 'HEAD', signal});
	assert.equal(response.status, 302);
	assert.match(response.headers.location ?? '', new RegExp(`^${world.server.cdnUrl}/`, 'v'));
	assert.equal(response.headers['x-linked-size'], '1123808');
	assert.deepEqual(world.server.requests.map(request => [request.server, request.headers.authorization]), [['hub', 'Bearer hf_good']]);
});

test('a renamed repository is followed within the hub, token included', async () => {
	await using world = await startHubWorld({repositories: [tinychatRepository({formerIds: ['old/name']})], accounts}, token);
	const response = await world.hub.request({url: resolvePath({repository: 'old/name', revision: 'main', filePath}), signal});
	await response.discard();
	assert.equal(response.status, 302);
	assert.deepEqual(world.server.requests.map(request => request.headers.authorization), ['Bearer hf_good', 'Bearer hf_good']);
});

test('redirects in a circle end', async () => {
	await using world = await startHubWorld({});
	world.server.fault({kind: 'redirect', location: '/api/models'});
	await assert.rejects(world.hub.request({url: 'api/models', signal}), {code: 'redirect_loop'});
	assert.ok(world.server.requests.length < 10);
});

test('an address on another host is refused', async () => {
	await using world = await startHubWorld({});
	await assert.rejects(world.hub.request({url: 'http://127.0.0.1:1/api/models', signal}), {code: 'foreign_host'});
	assert.equal(world.server.requests.length, 0);
});

test('HF_HUB_OFFLINE asks nothing', async () => {
	await using world = await startHubWorld({}, ['HF_HUB_OFFLINE', '1']);
	await assert.rejects(world.hub.request({url: 'api/models', signal}), {code: 'offline_mode', exitCode: 4});
	assert.equal(world.server.requests.length, 0);
});

test('JSON replies are bounded and must be what they should', async () => {
	await using world = await startHubWorld({repositories: [tinychatRepository()]});
	const models = z.object({id: z.string()}).array();
	const {value} = await world.hub.json({
		url: 'api/models', subject: {}, schema: models, limit, signal,
	});
	assert.deepEqual(value, [{id: repository}]);
	await assert.rejects(world.hub.json({
		url: 'api/models', subject: {}, schema, limit: 10, signal,
	}), {code: 'reply_too_large'});
	await assert.rejects(world.hub.json({
		url: 'api/models', subject: {}, schema: z.object({}), limit, signal,
	}), {code: 'unexpected_reply'});
	world.server.fault({kind: 'html', times: 1});
	await assert.rejects(world.hub.json({
		url: 'api/models', subject: {}, schema, limit, signal,
	}), {code: 'unexpected_reply', message: /text\/html/v});
	world.server.fault({
		kind: 'status', status: 200, headers: {'content-type': 'application/json'}, body: '{"broken', times: 1,
	});
	await assert.rejects(world.hub.json({
		url: 'api/models', subject: {}, schema, limit, signal,
	}), {code: 'unexpected_reply'});
});

test('gated, to a stranger: log in and accept the licence at its page', async () => {
	const error = await resolveFails({repositories: [tinychatRepository({gated: 'manual'})]}, {repository, revision: 'main', filePath});
	assert.partialDeepStrictEqual({...error}, {code: 'gated_repository', exitCode: 8});
	assert.match(JSON.stringify(error), /licence at http:\/\/127\.0\.0\.1:\d+\/remuda\/tinychat-2\.6M-GGUF, then log in/v);
});

test('gated, to someone not granted: accept the licence or wait', async () => {
	const error = await resolveFails({repositories: [tinychatRepository({gated: 'manual'})], accounts}, {repository, revision: 'main', filePath}, ['HF_TOKEN', 'hf_stranger']);
	assert.partialDeepStrictEqual({...error}, {code: 'gated_repository', exitCode: 8});
	assert.match(error.message, /not been granted/v);
});

test('gated, to someone who has asked: wait', async () => {
	await using world = await startHubWorld({accounts}, ['HF_TOKEN', 'hf_stranger']);
	world.server.fault({
		kind: 'status', status: 403, headers: {'x-error-code': 'GatedRepo', 'x-error-message': `Your request to access model ${repository} is awaiting a review from the repo authors.`},
	});
	await assert.rejects(world.hub.json({
		url: 'api/models', subject: {repository}, schema, limit, signal,
	}), {code: 'gated_repository', exitCode: 8, hint: /^Wait for the approval.*remuda\/tinychat-2\.6M-GGUF\.$/v});
});

test('gated, to someone granted: the file', async () => {
	await using world = await startHubWorld({repositories: [tinychatRepository({gated: 'auto'})], accounts}, token);
	const response = await world.hub.request({url: resolvePath({repository, revision: 'main', filePath}), method: 'HEAD', signal});
	assert.equal(response.status, 302);
});

test('a bad token is named as the reason and not shown', async () => {
	const error = await resolveFails({repositories: [tinychatRepository()], accounts}, {repository, revision: 'main', filePath}, ['HF_TOKEN', 'hf_secret_but_wrong']);
	assert.partialDeepStrictEqual({...error}, {code: 'invalid_token', exitCode: 8});
	assert.doesNotMatch(`${error.message} ${JSON.stringify(error)}`, /hf_secret/v);
});

test('a token that the hub repeats, in pieces even, is not shown', async () => {
	await using world = await startHubWorld({}, ['HF_TOKEN', 'hf_secret']);
	world.server.fault({kind: 'status', status: 403, body: String.raw`{"error":"hf_secret, that is hf_\u001b[0msecret, may not"}`});
	await assert.rejects(world.hub.json({
		url: 'api/models', subject: {}, schema, limit, signal,
	}), {code: 'access_denied', message: /\(\[token\], that is \[token\], may not\)/v});
});

test('private or missing, to a stranger: the hub does not say which', async () => {
	const hidden = await resolveFails({repositories: [tinychatRepository({private: true})]}, {repository, revision: 'main', filePath});
	assert.partialDeepStrictEqual({...hidden}, {code: 'access_denied', exitCode: 8});
	const missing = await resolveFails({}, {repository, revision: 'main', filePath});
	assert.equal(missing.message, hidden.message);
});

test('missing repository, revision and file, to someone logged in', async () => {
	const options = {repositories: [tinychatRepository()], accounts};
	const noRepository = await resolveFails(options, {repository: 'no/thing', revision: 'main', filePath}, token);
	assert.partialDeepStrictEqual({...noRepository}, {code: 'repository_not_found', exitCode: 3});
	const noRevision = await resolveFails(options, {repository, revision: 'refs/pr/1', filePath}, token);
	assert.partialDeepStrictEqual({...noRevision}, {code: 'revision_not_found', exitCode: 3});
	const noFile = await resolveFails(options, {repository, revision: 'main', filePath: 'folder/no file.gguf'}, token);
	assert.partialDeepStrictEqual({...noFile}, {code: 'file_not_found', exitCode: 3});
	assert.match(noFile.message, /folder\/no file\.gguf/v);
});

test('too many requests: how long to wait, from RateLimit before Retry-After', async () => {
	await using world = await startHubWorld({});
	world.server.fault({
		kind: 'status', status: 429, headers: {ratelimit: '"api";r=0;t=41', 'retry-after': '7'}, times: 1,
	});
	await assert.rejects(world.hub.json({
		url: 'api/models', subject: {}, schema, limit, signal,
	}), {
		code: 'rate_limited', exitCode: 9, retryAfterSeconds: 42, message: /42 s/v,
	});
	world.server.fault({
		kind: 'status', status: 429, headers: {'retry-after': '7'}, times: 1,
	});
	await assert.rejects(world.hub.json({
		url: 'api/models', subject: {}, schema, limit, signal,
	}), {code: 'rate_limited', retryAfterSeconds: 7});
});

test('a failing server is a server error, with its words cleaned', async () => {
	await using world = await startHubWorld({});
	world.server.fault({
		kind: 'status', status: 503, body: String.raw`{"error":"down \u001b[31mfor repair\u0007"}`, headers: {'retry-after': '3'},
	});
	await assert.rejects(world.hub.json({
		url: 'api/models', subject: {}, schema, limit, signal,
	}), {
		code: 'server_error', exitCode: 4, retryAfterSeconds: 3, message: /\(down for repair\)/v,
	});
});

test('a small file is found behind its redirect within the hub', async () => {
	await using world = await startHubWorld({repositories: [{id: 'o/r', files: {'tokenizer_config.json': fileOfBytes('{}')}}]});
	const response = await world.hub.request({url: resolvePath({repository: 'o/r', revision: 'main', filePath: 'tokenizer_config.json'}), signal});
	await response.discard();
	assert.equal(response.status, 200);
	assert.equal(world.server.requests.length, 2);
});

test('a mirror is asked without the token, renames and small files included', async () => {
	await using world = await startHubWorld({repositories: [tinychatRepository()], accounts}, token);
	await using server = await startHub({repositories: [tinychatRepository({formerIds: ['old/name']}), {id: 'o/r', files: {'tokenizer_config.json': fileOfBytes('{}')}}]});
	const hub = createHub({
		...world, environment: () => world.environment, configuredEndpoint: () => '', configuredMirrors: () => [server.url],
	});
	const [endpoint] = await hub.mirrors();
	const renamed = await hub.request({
		url: resolvePath({repository: 'old/name', revision: 'main', filePath}), endpoint, method: 'HEAD', signal,
	});
	assert.equal(renamed.status, 302);
	assert.equal(renamed.headers['x-linked-size'], '1123808');
	const small = await hub.request({url: resolvePath({repository: 'o/r', revision: 'main', filePath: 'tokenizer_config.json'}), endpoint, signal});
	await small.discard();
	assert.equal(small.status, 200);
	assert.equal(server.requests.length, 4);
	assert.ok(server.requests.every(({headers}) => headers.authorization === undefined));
	assert.equal(world.server.requests.length, 0);
});

test('an error of a mirror names the mirror, and does not speak of a token that it was not told', async () => {
	await using world = await startHubWorld({}, token);
	await using server = await startHub({repositories: [tinychatRepository({private: true})]});
	const hub = createHub({
		...world, environment: () => world.environment, configuredEndpoint: () => '', configuredMirrors: () => [server.url],
	});
	const [endpoint] = await hub.mirrors();
	const subject = {repository, revision: 'main', filePath};
	const response = await hub.request({url: resolvePath(subject), endpoint, signal});
	const error = await hub.toError(response, subject);
	assert.partialDeepStrictEqual({...error}, {code: 'access_denied'});
	const limited = await hub.toError({...response, status: 429, headers: {}}, subject);
	assert.match(limited.message, new RegExp(`^${endpoint!.host} asks to wait`, 'v'));
});

test('the mirrors are asked for again and again, and are each once and without the hub itself', async () => {
	await using world = await startHubWorld({});
	let configured = ['https://one.example', world.server.url, 'https://two.example/hf', 'https://one.example/'];
	const hub = createHub({
		...world, environment: () => world.environment, configuredEndpoint: () => '', configuredMirrors: () => configured,
	});
	const addresses = async () => {
		const mirrors = await hub.mirrors();
		return mirrors.map(({href}) => href);
	};

	assert.deepEqual(await addresses(), ['https://one.example/', 'https://two.example/hf/']);
	configured = [];
	assert.deepEqual(await addresses(), []);
	configured = ['ftp://one.example'];
	await assert.rejects(addresses(), {code: 'insecure_url'});
});

test('a mirror is not asked either when HF_HUB_OFFLINE is set, nor for what another host has', async () => {
	await using world = await startHubWorld({}, ['HF_HUB_OFFLINE', '1']);
	await using server = await startHub();
	const endpoint = new URL(`${server.url}/`);
	await assert.rejects(world.hub.request({url: 'api/models', endpoint, signal}), {code: 'offline_mode'});
	await using online = await startHubWorld({});
	await assert.rejects(online.hub.request({url: `${online.server.url}/api/models`, endpoint, signal}), {code: 'foreign_host'});
	assert.equal(server.requests.length, 0);
});
