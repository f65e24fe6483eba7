import assert from 'node:assert/strict';
import {test} from 'node:test';
import {connectionsUnder} from '../../../../source/services/downloads/bandwidth/connections-under.js';

test('without a cap all that are allowed, under a low one fewer, and always one', () => {
	assert.equal(connectionsUnder(8, []), 8);
	assert.equal(connectionsUnder(8, [undefined, 0]), 8);
	assert.equal(connectionsUnder(8, [undefined, 100_000_000]), 8);
	assert.equal(connectionsUnder(8, [300_000, 100_000_000]), 3);
	assert.equal(connectionsUnder(8, [100_000_000, 300_000]), 3);
	assert.equal(connectionsUnder(8, [1]), 1);
	assert.equal(connectionsUnder(1, [100_000_000]), 1);
});
