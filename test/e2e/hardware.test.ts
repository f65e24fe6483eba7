import assert from 'node:assert/strict';
import {test} from 'node:test';
import {temporaryFolder} from '../helpers/temporary-folder.js';
import {startRemuda} from './start-remuda.js';

test('a person asks what another machine would do, looks at a plan, keeps it, and finds it with the next start', async () => {
	await using folder = await temporaryFolder();
	{
		await using app = startRemuda({home: folder.path, columns: 120, rows: 40});
		await app.waitFor(/✓ fits|~ tight|✗ too big/v, {deadline: 20_000});
		app.press('4');
		await app.waitFor(/choice .*available/v);
		app.press('e');
		await app.waitFor('What if the machine were another?');
		app.press('Ctrl+U');
		app.type('RTX 4091, 64 GB');
		app.press('Enter');
		await app.waitFor(/! .*RTX 4091.*Nearest/v);
		app.press('Ctrl+U');
		app.type('RTX 4090, 64 GB');
		app.press('Enter');
		await app.waitFor('This is not this machine');
		await app.waitFor(/✓ on the GPU +≈ \d/v);
		app.press('1');
		await app.waitFor('fit if RTX 4090, 64 GB');
		app.press('4', 'E', '/');
		app.type('tinychat');
		app.press('Enter');
		await app.waitFor(/› ✓ .*Tinychat/v);
		app.press('o');
		await app.waitFor('free now');
		app.press('Enter');
		await app.waitFor('Kept: chat, run and bench');
		app.press('Escape');
		await app.waitFor(/› ✓ = Tinychat/v);
		app.press('q');
		const {code} = await app.waitForExit();
		assert.equal(code, 0);
	}

	await using again = startRemuda({home: folder.path, columns: 80, rows: 24});
	await again.waitFor(/✓ fits|~ tight|✗ too big/v, {deadline: 20_000});
	again.press('4', 's', 's', 's', 's');
	await again.waitFor(/› ✓ = Tinychat/v);
	again.press('q');
	await again.waitForExit();
});
