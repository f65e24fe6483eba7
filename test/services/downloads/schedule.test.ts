import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	complete,
	oneModel,
	settle,
	startWorld,
	until,
} from './world.js';

const size = 1_000_000;
const hour = 3_600_000;

/**
The real clock, which can be put forward and back.
*/
function movableClock(): {readonly now: () => number; move: (milliseconds: number) => void} {
	let offset = 0;
	return {
		now: () => Date.now() + offset,
		move(milliseconds) {
			offset += milliseconds;
		},
	};
}

function clockText(moment: number): string {
	const time = new Date(moment);
	return [time.getHours(), time.getMinutes()].map(part => String(part).padStart(2, '0')).join(':');
}

test('a download waits for its start, says so, and begins when the clock gets there', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	const clock = movableClock();
	await using session = await world.open({now: clock.now});
	await session.downloads.start();
	const startAt = new Date(clock.now() + (48 * hour)).toISOString();
	const {id} = await session.downloads.add(request, {startAt});
	const [waiting] = await until(session, ([first]) => first?.activity !== undefined);
	assert.match(waiting!.activity!, /^starts at \d{4}-\d{2}-\d{2} \d{2}:\d{2}$/v);
	assert.equal(waiting!.startAt, startAt);
	assert.equal(waiting!.events.at(-1)?.text, waiting!.activity);
	assert.equal(waiting!.etaSeconds, undefined);
	assert.equal(world.hub.requests.length, 0);
	clock.move(49 * hour);
	await settle(session, id);
});

test('a start that is taken away begins at once', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using session = await world.open();
	await session.downloads.start();
	const {id} = await session.downloads.add(request, {startAt: new Date(Date.now() + hour).toISOString()});
	await until(session, ([first]) => first?.activity?.startsWith('starts at') === true);
	await session.downloads.configure(id, {startAt: null});
	const {startAt} = await settle(session, id);
	assert.equal(startAt, undefined);
});

test('quiet hours: it runs only within, stops at their end, keeps what came, and the clock may jump both ways', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files, {bytesPerSecond: 300_000});
	const clock = movableClock();
	const begin = Date.now() + (3 * hour);
	await using session = await world.open({now: clock.now});
	await session.config.set('downloads.quiet_hours', `${clockText(begin)}-${clockText(begin + (2 * hour))}`);
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	await until(session, ([first]) => first?.activity === `waits for ${clockText(begin)} (quiet hours)`);
	assert.equal(world.hub.requests.length, 0);
	clock.move(4 * hour);
	await until(session, ([first]) => first?.status === 'downloading' && first.receivedBytes > 0);
	clock.move(-4 * hour);
	const [stopped] = await until(session, ([first]) => first?.status === 'pending');
	assert.ok(stopped!.receivedBytes > 0);
	await until(session, ([first]) => first?.activity === `waits for ${clockText(begin)} (quiet hours)`);
	world.hub.setRate({});
	await session.config.set('downloads.quiet_hours', '');
	const done = await settle(session, id);
	assert.ok(done.resumedBytes > 0 || done.fetchedBytes <= size * 1.1);
});

test('hours of its own go before the quiet hours', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	const now = Date.now();
	await using session = await world.open();
	await session.config.set('downloads.quiet_hours', `${clockText(now + (3 * hour))}-${clockText(now + (5 * hour))}`);
	const {id} = await session.downloads.add(request, {hours: {from: clockText(now - (2 * hour)), to: clockText(now + (2 * hour))}});
	await session.downloads.start();
	const {fetchedBytes} = await settle(session, id);
	assert.equal(fetchedBytes, size);
});

test('one that waits for its hour does not keep the next from running', async () => {
	const first = await oneModel(size);
	await using world = await startWorld(first.files);
	await using session = await world.open();
	await session.config.set('max_concurrent_downloads', 1);
	await session.downloads.start();
	await session.downloads.add({...first.request, modelId: 'later'}, {startAt: new Date(Date.now() + hour).toISOString(), priority: 'high'});
	await complete(session, first.request);
	assert.equal(session.downloads.list()[0]?.status, 'pending');
});
