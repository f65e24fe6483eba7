import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createAskerNetworks} from '../../../../source/services/downloads/worker/asker-networks.js';
import {type Environment} from '../../../../source/services/network/environment.js';
import {type Network} from '../../../../source/services/network/open-network.js';
import {inSequence} from '../../../helpers/in-sequence.js';
import {oneModel, settle} from '../world.js';
import {startWorkerWorld} from './worker-world.js';

test('each download goes the ways of who asked for it, whoever asks for another one meanwhile', async () => {
	const token = 'hf_atokenofthemember';
	const {files, request: open} = await oneModel(1_000_000, {repository: 'owner/open', modelId: 'open'});
	const gated = {...open, repository: 'owner/repo', modelId: 'gated'};
	await using world = await startWorkerWorld(files, {
		repositories: [{id: 'owner/repo', files, gated: 'auto'}, {id: 'owner/open', files}],
		accounts: {[token]: {granted: ['owner/repo']}},
	});
	await using member = world.client({environment: {HF_TOKEN: token}});
	await using stranger = world.client();
	await member.downloads.add(gated, {startAt: '2100-01-01T00:00:00.000Z'});
	await stranger.downloads.add(open);
	await settle(stranger, 'open');
	await stranger.downloads.configure('gated', {startAt: null});
	await settle(stranger, 'gated');
	const tokens = (name: string) => new Set(world.hub.requests.filter(({server, path}) => server === 'hub' && path.startsWith(`/${name}/`)).map(({headers}) => headers.authorization));
	assert.deepEqual([...tokens('owner/open')], [undefined]);
	assert.deepEqual([...tokens('owner/repo')], [`Bearer ${token}`]);
});

test('who asks with the same settings shares a network; those that nobody uses are closed once there are many', async () => {
	const opened: Array<string | undefined> = [];
	const closed: Array<string | undefined> = [];
	const networks = createAskerNetworks({
		environment: {HF_TOKEN: 'start', PATH: '/bin'},
		open({HF_TOKEN: name}) {
			opened.push(name);
			const close = async () => {
				closed.push(name);
			};

			return {http: {close}, hub: {name}} as unknown as Network;
		},
	});
	const wayOf = async (id: string) => networks.withNetwork(id, async ({hub}) => (hub as unknown as {readonly name: string}).name);
	const asker = (name: string): Environment => ({HF_TOKEN: name, TERM: name});

	assert.equal(await wayOf('before'), 'start');
	networks.ask('first', asker('a'));
	networks.ask('second', {...asker('a'), TERM: 'another'});
	assert.deepEqual([await wayOf('first'), await wayOf('second'), await wayOf('unheard')], ['a', 'a', 'a']);
	assert.equal(await wayOf('before'), 'start', 'it stays with who it began with');
	assert.deepEqual(opened, ['start', 'a']);

	await networks.withNetwork('first', async () => {
		for await (const name of inSequence(['b', 'c', 'd', 'e', 'f', 'g', 'h'])) {
			networks.ask(name, asker(name));
			await wayOf(name);
		}
	});
	assert.deepEqual(closed, ['start'], 'the one in use stays');
	await networks.close();
	assert.deepEqual(closed.toSorted(), ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'start']);
});
