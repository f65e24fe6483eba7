import assert from 'node:assert/strict';
import {test} from 'node:test';
import {catalogue} from '../../source/commands/catalogue.js';
import {suggest} from '../../source/commands/suggest.js';

for (const [typed, meant] of [['serach', 'search'], ['down', 'download'], ['lst', 'list'], ['Run', 'run'], ['benchmark', undefined], ['q', undefined], ['', undefined]] as const) {
	void test(`“${typed}” means ${meant ?? 'nothing'}`, () => {
		assert.equal(suggest(typed, Object.keys(catalogue)), meant);
	});
}
