import assert from 'node:assert/strict';
import {test} from 'node:test';
import {logEvent, maximumEvents} from '../../../../source/services/downloads/queue/event-log.js';
import {type DownloadEvent} from '../../../../source/types/download.js';

function logAll(texts: readonly string[]): readonly DownloadEvent[] {
	let events: readonly DownloadEvent[] = [];
	for (const [index, text] of texts.entries()) {
		events = logEvent(events, text, new Date(index).toISOString());
	}

	return events;
}

test('the last fifty are kept', () => {
	const events = logAll(Array.from({length: 60}, (_, index) => `event ${index}`));
	assert.equal(events.length, maximumEvents);
	assert.equal(events[0]?.text, 'event 10');
	assert.deepEqual(events.at(-1), {at: new Date(59).toISOString(), text: 'event 59'});
});

test('what happens again and again is one line, with how often and when last', () => {
	const events = logAll(['started', 'lost', 'lost', 'lost', 'went on', 'lost']);
	assert.deepEqual(events.map(({text}) => text), ['started', 'lost (3 times)', 'went on', 'lost']);
	assert.equal(events[1]?.at, new Date(3).toISOString());
});

test('what a server says is made fit for a screen, and bounded', () => {
	const [event] = logAll([`\u{1B}[2Jgone\n${'x'.repeat(10_000)}\u{D800}`]);
	assert.match(event!.text, /^gone x/v);
	assert.ok(event!.text.length <= 400);
	assert.ok(event!.text.isWellFormed());
});
