import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {describeDifference, ToldDownloads} from '../../../../source/services/downloads/worker/difference.js';
import {workerMessageSchema} from '../../../../source/services/downloads/worker/protocol.js';
import {type Download} from '../../../../source/types/download.js';

const whole = fc.nat();
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, {nil: undefined});
const text = fc.constantFrom('', 'looking it up', 'waiting 4 s before retry 2 of 3');
const hours = fc.constant({from: '23:00', to: '07:00'});
const host = fc.constantFrom('one', 'two');
const at = fc.constant('2026-01-01T00:00:00.000Z');
const file = fc.record({path: fc.constant('f.gguf'), sizeBytes: whole, receivedBytes: whole});
const segment = fc.record({start: whole, received: whole, end: whole});
const event = fc.record({at, text});
const error = fc.record({code: fc.constant('offline'), message: text, exitCode: fc.constant(4)});

const download: fc.Arbitrary<Download> = fc.record({
	id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
	request: fc.constant({
		ref: 'hf:o/r:Q4',
		modelId: 'm',
		name: 'M',
		source: 'hugging-face' as const,
		repository: 'o/r',
		revision: 'main',
		quantization: 'Q4',
		files: [{path: 'f.gguf', sizeBytes: 1, role: 'model' as const}],
	}),
	status: fc.constantFrom('pending', 'downloading', 'paused', 'verifying', 'completed', 'failed', 'cancelled'),
	priority: fc.constantFrom('high', 'normal', 'low'),
	rateLimit: optional(whole),
	hours: optional(hours),
	keepTrying: fc.boolean(),
	receivedBytes: whole,
	totalBytes: whole,
	fetchedBytes: whole,
	resumedBytes: whole,
	bytesPerSecond: optional(whole),
	etaSeconds: optional(whole),
	hosts: fc.array(host),
	connections: whole,
	activity: optional(text),
	retryAt: optional(at),
	retries: whole,
	files: fc.array(file, {maxLength: 3}),
	segments: fc.array(segment, {maxLength: 3}),
	currentFile: optional(whole),
	events: fc.array(event, {maxLength: 3}),
	activeSeconds: whole,
	error: optional(error),
	createdAt: at,
	finishedAt: optional(at),
});

const lists = fc.array(fc.uniqueArray(download, {selector: ({id}) => id, maxLength: 5}), {minLength: 1, maxLength: 6});

/**
What is undefined is not on the line.
*/
function plain(value: unknown): unknown {
	const line = JSON.stringify(value);
	return JSON.parse(line);
}

/**
The messages that tell of a change, as they come out at the other end.
*/
function messagesOf(before: readonly Download[] | undefined, after: readonly Download[]): ReadonlyArray<Parameters<ToldDownloads['take']>[0]> {
	return describeDifference(before, after).map(line => {
		const message = workerMessageSchema.parse(JSON.parse(line));
		if (message.type !== 'changes') {
			throw new Error(`Not a change: ${line}`);
		}

		return message;
	});
}

function tell(told: ToldDownloads, before: readonly Download[] | undefined, after: readonly Download[]): number {
	const messages = messagesOf(before, after);
	for (const message of messages) {
		told.take(message);
	}

	return messages.length;
}

test('whatever the lists, a client that is told the differences has the last of them', () => {
	fc.assert(fc.property(lists, sequence => {
		const told = new ToldDownloads();
		let before: readonly Download[] | undefined;
		const seen = sequence.map(list => {
			tell(told, before, list);
			before = list;
			return plain(told.list);
		});
		assert.deepEqual(seen, plain(sequence));
		const [last, same] = [plain(before), plain(before)] as ReadonlyArray<readonly Download[]>;
		assert.equal(tell(told, last, same!), 0);
	}), {numRuns: 200});
});

const example = fc.sample(download, {numRuns: 1, seed: 7})[0]!;

test('only what changed is told, and the objects of the rest stay the same', () => {
	const list = ['a', 'b'].map(id => ({
		...example, id, status: 'downloading' as const, activity: 'looking it up',
	}));
	const {activity: _activity, ...next} = {...list[1]!, receivedBytes: 17};
	const [line] = describeDifference(list, [list[0]!, next]);
	assert.deepEqual(JSON.parse(line!), {type: 'changes', downloads: [{id: 'b', set: {receivedBytes: 17}, unset: ['activity']}], order: ['a', 'b']});
	const told = new ToldDownloads();
	tell(told, undefined, list);
	const [first] = told.list!;
	tell(told, list, [list[0]!, next]);
	const [same, changed] = told.list!;
	assert.equal(same, first);
	assert.equal(changed?.receivedBytes, 17);
	assert.equal('activity' in changed, false);
});

test('an empty first list is told, and a long one in parts of which none is shown alone', () => {
	const told = new ToldDownloads();
	assert.equal(tell(told, undefined, []), 1);
	assert.deepEqual(told.list, []);
	const events = Array.from({length: 50}, () => ({at: '2026-01-01T00:00:00.000Z', text: 'x'.repeat(300)}));
	const long = Array.from({length: 100}, (_, index) => ({...example, id: `download-${index}`, events}));
	const messages = messagesOf([], long);
	assert.ok(messages.length > 3);
	assert.ok(Math.max(...messages.map(message => JSON.stringify(message).length)) < 400_000);
	const lengths = messages.map(message => {
		told.take(message);
		return told.list?.length;
	});
	assert.deepEqual(lengths, [...messages.slice(1).map(() => 0), 100]);
});

test('what does not fit together is refused', () => {
	const told = new ToldDownloads();
	assert.throws(() => told.take({type: 'changes', downloads: [], order: ['unknown']}), /never told/v);
	assert.throws(() => told.take({type: 'changes', downloads: [{id: 'half', set: {receivedBytes: 1}}]}), {name: '$ZodError'});
	tell(told, undefined, [example]);
	assert.throws(() => told.take({type: 'changes', downloads: [{id: example.id, set: {}, unset: ['request']}], order: [example.id]}), {name: '$ZodError'});
});
