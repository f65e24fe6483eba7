import {test, type TestContext} from 'node:test';
import {createTelling} from '../../../source/state/effects/tell-downloads.js';
import {type Download} from '../../../source/types/download.js';
import {download} from '../../helpers/models.js';
import {recorder} from '../../helpers/recorder.js';

const received = (receivedBytes: number) => [download({id: 'alpha', receivedBytes})];

test('progress is told three times a second, the last of it always; a change at once', (t: TestContext) => {
	t.mock.timers.enable({apis: ['setTimeout']});
	const told = recorder<readonly Download[]>();
	const {take, stop} = createTelling(told.listen);
	take(received(1));
	take(received(2));
	take(received(3));
	t.assert.deepStrictEqual(told.values, [received(1)]);
	t.mock.timers.tick(333);
	t.assert.deepStrictEqual(told.values, [received(1), received(3)]);
	const paused = [download({id: 'alpha', receivedBytes: 4, status: 'paused'})];
	take(received(4));
	take(paused);
	t.mock.timers.tick(333);
	t.assert.deepStrictEqual(told.values, [received(1), received(3), paused]);
	take(received(5));
	stop();
	t.mock.timers.tick(333);
	t.assert.strictEqual(told.values.length, 4, 'resumed is a change; after that nothing is left');
});
