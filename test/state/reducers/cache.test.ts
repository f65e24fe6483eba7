import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Action} from '../../../source/state/actions.js';
import {limitPrompt, pruneDialog, removeDialog} from '../../../source/state/selectors/cache-dialogs.js';
import {
	isVerifying,
	selectCachedModel,
	selectCacheRows,
	selectChosenModels,
	selectVerificationProgress,
} from '../../../source/state/selectors/cache-rows.js';
import {selectRunningWork} from '../../../source/state/selectors/running-work.js';
import {type AppState} from '../../../source/state/state.js';
import {
	continueFrom,
	installedModel,
	libraryOf,
	stateAfter,
} from '../../helpers/app-state.js';

const down: Action = {type: 'cache/moved', move: 'down'};
const mark: Action = {type: 'cache/mark-toggled'};
const sort: Action = {type: 'cache/sort-cycled'};

const alpha = installedModel({
	id: 'a', name: 'Alpha', sizeBytes: 2e9, source: 'hugging-face', lastUsed: '2026-02-01T00:00:00.000Z', license: 'MIT',
});
const beta = installedModel({
	id: 'b', name: 'Beta', sizeBytes: 4e9, source: 'hugging-face', lastUsed: '2026-01-01T00:00:00.000Z',
});
const starter = installedModel({id: 'starter', name: 'Starter', sizeBytes: 2e6});
const library = libraryOf(beta, starter, alpha);

const idsOf = (state: AppState) => selectCacheRows(state).map(({id}) => id);

function typedFilter(text: string): readonly Action[] {
	return [...text].map(character => ({type: 'cache/filter-typed', keypress: {name: character, text: character}}));
}

test('models are listed by name, by size with the largest first, or least recently used first', () => {
	const byName = stateAfter(library);
	assert.deepEqual(idsOf(byName), ['a', 'b', 'starter']);
	const bySize = continueFrom(byName, sort);
	assert.deepEqual(idsOf(bySize), ['b', 'a', 'starter']);
	const byUse = continueFrom(bySize, sort);
	assert.deepEqual(idsOf(byUse), ['starter', 'b', 'a'], 'what was never used is the first to go');
	const again = continueFrom(byUse, sort);
	assert.deepEqual(idsOf(again), ['a', 'b', 'starter']);
});

test('the filter looks at all that a model is called, and at its licence', () => {
	const byLicense = stateAfter(library, ...typedFilter('mit'));
	assert.deepEqual(idsOf(byLicense), ['a']);
	const byWords = stateAfter(library, ...typedFilter('q8 bet'));
	assert.deepEqual(idsOf(byWords), ['b']);
	const cleared = continueFrom(byWords, {type: 'cache/filter-cleared'});
	assert.equal(idsOf(cleared).length, 3);
});

test('the chosen model stays selected when another is added before it, and its place when it is gone', () => {
	const state = stateAfter(library, down);
	assert.equal(selectCachedModel(state)?.id, 'b');
	const more = continueFrom(state, libraryOf(installedModel({id: 'aa', name: 'Aardvark'}), alpha, beta, starter));
	assert.equal(selectCachedModel(more)?.id, 'b');
	const fewer = continueFrom(state, libraryOf(alpha, starter));
	assert.equal(selectCachedModel(fewer)?.id, 'starter');
});

test('keys act on what is marked, else on what is selected; what is gone is not marked any more', () => {
	const state = stateAfter(library);
	assert.deepEqual(selectChosenModels(state).map(({id}) => id), ['a']);
	const marked = continueFrom(state, mark, mark);
	assert.deepEqual(selectChosenModels(marked).map(({id}) => id).toSorted(), ['a', 'b']);
	const gone = continueFrom(marked, libraryOf(beta, starter));
	assert.deepEqual([...gone.cache.marked], ['b']);
});

test('a check waits, runs, and leaves its result on the row', () => {
	const waiting = stateAfter(library, {type: 'cache/verify-requested', ids: ['a', 'b']});
	assert.deepEqual(selectVerificationProgress(waiting), {
		model: alpha, waiting: 1, doneBytes: 0, totalBytes: 2e9,
	});
	assert.deepEqual(selectRunningWork(waiting), ['Checking the files of installed models']);
	const running = continueFrom(waiting, {
		type: 'cache/verify-progressed', id: 'a', doneBytes: 1e9, totalBytes: 2e9, bytesPerSecond: 5e8,
	});
	assert.deepEqual(selectVerificationProgress(running), {
		model: alpha, waiting: 1, doneBytes: 1e9, totalBytes: 2e9, bytesPerSecond: 5e8,
	});
	const done = continueFrom(
		running,
		{type: 'cache/verify-done', result: {id: 'a', status: 'ok'}},
		{type: 'cache/verify-failed', id: 'b', error: {code: 'unreadable', message: 'No.'}},
		{type: 'cache/verify-ended'},
	);
	assert.equal(isVerifying(done), false);
	assert.deepEqual(done.cache.verifications.values().map(({status}) => status).toArray(), ['done', 'failed']);
});

test('a check that was stopped leaves nothing behind, and hears nothing more', () => {
	const stopped = stateAfter(library, {type: 'cache/verify-requested', ids: ['a', 'b']}, {type: 'cache/verify-done', result: {id: 'a', status: 'changed'}}, {type: 'cache/verify-ended'});
	assert.deepEqual(stopped.cache.verifications.keys().toArray(), ['a']);
	const late = continueFrom(stopped, {
		type: 'cache/verify-progressed', id: 'b', doneBytes: 1, totalBytes: 2,
	});
	assert.equal(late.cache, stopped.cache);
});

test('the result of a model that is gone goes with it', () => {
	const state = stateAfter(library, {type: 'cache/verify-requested', ids: ['a']}, {type: 'cache/verify-done', result: {id: 'a', status: 'ok'}}, libraryOf(starter));
	assert.equal(state.cache.verifications.size, 0);
});

test('what is being removed is said until it is over', () => {
	const state = stateAfter(library, mark, {type: 'cache/remove-requested', ids: ['a']});
	assert.equal(state.cache.removing, 'Removing one model');
	assert.equal(state.cache.marked.size, 0);
	assert.equal(continueFrom(state, {type: 'cache/removal-ended'}).cache.removing, undefined);
});

test('dialogs name what is lost, and how many bytes', () => {
	assert.deepEqual(removeDialog([alpha, beta]).lines, ['Alpha (Q8_0), 2.00 GB', 'Beta (Q8_0), 4.00 GB', '', '6.00 GB are freed. They would have to be downloaded again.']);
	const plan = {
		limitBytes: 3e9, remove: [beta, starter], freedBytes: 4.002e9, keptBytes: 2e9,
	};
	const dialog = pruneDialog(plan, Date.parse('2026-01-11T00:00:00.000Z'));
	assert.equal(dialog.title, 'Remove 2 models to stay within 3.00 GB?');
	assert.deepEqual(dialog.lines, ['Beta (Q8_0), 4.00 GB, used 10 d ago', 'Starter (Q8_0), 2.00 MB, never used', '', '4.00 GB are freed, 2.00 GB of models stay.']);
	assert.deepEqual(dialog.confirmed, {type: 'cache/prune-requested', plan});
});

test('a limit that was not understood is asked for again, with what was typed', () => {
	const {field, hint} = limitPrompt(stateAfter(library), {value: 'lots', text: 'That is no size.'});
	assert.equal(field.value, 'lots');
	assert.equal(hint, 'That is no size.');
});
