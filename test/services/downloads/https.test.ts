import assert from 'node:assert/strict';
import {test} from 'node:test';
import {authorityFile} from '../../helpers/network/secure-server.js';
import {
	complete,
	haveArrived,
	oneModel,
	startWorld,
} from './world.js';

// As people have it: over TLS, where what comes in is handed over in another way than from a plain socket.

for (const connections of [1, 4]) {
	test(`a file comes over https as it is, each byte once, over ${connections} ${connections === 1 ? 'connection' : 'connections'}`, async () => {
		const size = 60_000_000;
		const {files, request} = await oneModel(size);
		await using world = await startWorld(files, {isSecure: true});
		await using session = await world.open({timing: {smallestChunk: 1_000_000}});
		await session.config.set('network.ca_certificates', authorityFile);
		await session.config.set('downloads.connections_per_file', connections);
		const {fetchedBytes} = await complete(session, request);
		assert.ok(fetchedBytes <= size * 1.05, `${fetchedBytes} bytes were fetched`);
		assert.ok(await haveArrived(world, files));
		assert.deepEqual(await world.leftovers(), []);
	});
}
