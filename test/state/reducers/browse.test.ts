import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Action} from '../../../source/state/actions.js';
import {selectBrowseDetails, selectBrowseVariant} from '../../../source/state/selectors/browse-details.js';
import {
	installedOf,
	queuedOf,
	selectBrowseRow,
	selectBrowseRows,
} from '../../../source/state/selectors/browse-rows.js';
import {selectBrowseStatus, selectEmptyBrowse, selectNextPage} from '../../../source/state/selectors/browse-status.js';
import {selectMarkedTargets} from '../../../source/state/selectors/browse-targets.js';
import {type AppState} from '../../../source/state/state.js';
import {type FitLevel} from '../../../source/types/fit.js';
import {
	continueFrom,
	installedModel,
	libraryOf,
	stateAfter,
} from '../../helpers/app-state.js';
import {machine} from '../../helpers/hardware-scene.js';
import {
	download,
	modelDetails,
	registryModel,
	searchResult,
	variant,
	verdict,
} from '../../helpers/models.js';

const down: Action = {type: 'browse/moved', move: 'down'};

const keysOf = (state: AppState) => selectBrowseRows(state).map(({key}) => key);

/**
The keys of the rows after actions.
*/
const keysAfter = (...actions: readonly Action[]) => keysOf(stateAfter(...actions));

const selectedKey = (state: AppState) => selectBrowseRow(state)?.key;

function typedQuery(text: string): readonly Action[] {
	return [...text].map(character => ({type: 'browse/query-typed', keypress: {name: character, text: character}}));
}

function repeated(action: Action, times: number): readonly Action[] {
	return Array.from({length: times}, () => action);
}

function judged(levels: Readonly<Record<string, FitLevel>>): Action {
	return {type: 'browse/fits-judged', fits: new Map(Object.entries(levels).map(([ref, level]) => [ref, verdict(level)]))};
}

const models = [
	registryModel({
		id: 'big', name: 'Big', fileSize: 40e9, recommended: true, tags: ['code'],
	}),
	registryModel({id: 'small', name: 'Small', fileSize: 1e9}),
	registryModel({id: 'middle', name: 'Middle', fileSize: 4e9}),
	registryModel({
		id: 'chosen', name: 'Chosen', fileSize: 2e9, recommended: true,
	}),
	registryModel({id: 'snug', name: 'Snug', fileSize: 13e9}),
	registryModel({id: 'old', name: 'Old', deprecated: true}),
];
const registry: Action = {type: 'registry/loaded', models};
const fits = judged({
	big: 'none', small: 'memory', middle: 'memory', chosen: 'memory', snug: 'tight',
});

test('what runs here comes first, of that what is recommended, then the largest; deprecated models are left out', () => {
	assert.deepEqual(keysAfter(registry, fits), ['chosen', 'middle', 'small', 'snug', 'big']);
});

test('a model that runs on the GPU comes before one that does not', () => {
	assert.deepEqual(keysAfter(registry, fits, judged({small: 'gpu'})), ['chosen', 'small', 'middle', 'snug', 'big']);
});

test('s goes through the orders and comes back to the first', () => {
	const orders = [0, 1, 2, 3, 4].map(times => keysAfter(registry, fits, ...repeated({type: 'browse/sort-cycled'}, times)));
	assert.deepEqual(orders[1], ['small', 'chosen', 'middle', 'snug', 'big'], 'by size');
	assert.deepEqual(orders[3], ['big', 'chosen', 'middle', 'small', 'snug'], 'by name');
	assert.deepEqual(orders[4], orders[0]);
});

test('f goes through the filters', () => {
	const library = libraryOf(installedModel({id: 'snug', source: 'hugging-face'}));
	const at = (times: number) => keysAfter(registry, fits, library, ...repeated({type: 'browse/filter-cycled'}, times));
	assert.deepEqual(at(1), ['chosen', 'middle', 'small', 'snug'], 'fits');
	assert.deepEqual(at(2), ['chosen', 'big'], 'recommended');
	assert.deepEqual(at(3), ['snug'], 'installed');
	assert.equal(at(4).length, 5);
});

test('the chosen row stays selected when verdicts change the order; until one is chosen the best is', () => {
	const untouched = stateAfter(registry, fits);
	const better = continueFrom(untouched, judged({small: 'gpu', chosen: 'none'}));
	assert.equal(selectedKey(better), 'small');
	const chosen = continueFrom(untouched, down);
	assert.equal(selectedKey(chosen), 'middle');
	const worse = continueFrom(chosen, judged({middle: 'none'}));
	assert.equal(selectedKey(worse), 'middle');
	assert.equal(worse.browse.list.cursor, 4);
});

test('the verdicts of the hardware probe become those of the list', () => {
	const state = stateAfter(registry, {
		type: 'hardware/probe-succeeded',
		machine: {
			report: machine, description: 'x', selection: {reason: 'x'}, fits: [{modelId: 'snug', verdict: verdict('gpu')}],
		},
	});
	assert.equal(state.browse.fits.get('snug')?.level, 'gpu');
});

test('every word of the query must be in a model, in any order and case', () => {
	assert.deepEqual(keysAfter(registry, fits, ...typedQuery('CODE big')), ['big']);
	assert.deepEqual(keysAfter(registry, fits, ...typedQuery('code small')), []);
});

const results = ['Anna/qwen-7B-GGUF', 'Bert/qwen-coder-GGUF'].map(repository => searchResult(repository));
const searched: readonly Action[] = [registry, fits, ...typedQuery('qwen'), {type: 'browse/search-requested', text: 'qwen', delayMs: 0}];
const found: Action = {type: 'browse/search-succeeded', text: 'qwen', page: {results, nextCursor: 'page-2'}};

test('what Hugging Face found comes after the registry, with the parameters that its names speak of', () => {
	const rows = selectBrowseRows(stateAfter(registry, ...typedQuery('s'), {type: 'browse/search-requested', text: 's', delayMs: 0}, {...found, text: 's'}));
	assert.deepEqual(rows.map(({origin}) => origin), ['registry', 'registry', 'registry', 'registry', 'registry', 'hub', 'hub']);
	assert.deepEqual(rows.slice(-2).map(({parameters}) => parameters), [7e9, undefined]);
});

test('results for an older text are cut down to what still matches until the new ones are there', () => {
	const state = stateAfter(...searched, found, ...typedQuery('-c'));
	assert.deepEqual(keysOf(state), ['hf:Bert/qwen-coder-GGUF']);
});

test('an answer to another text than the last one asked for is ignored', () => {
	const state = stateAfter(...searched, {type: 'browse/search-requested', text: 'llama', delayMs: 0}, found);
	assert.deepEqual(state.browse.search.results, []);
	assert.equal(state.browse.search.status, 'searching');
	const late = continueFrom(state, {type: 'browse/page-failed', text: 'qwen', error: {code: 'offline', message: 'Gone.'}});
	assert.equal(late.browse, state.browse);
});

test('the next page is asked for near the end, once, and adds what is not there yet', () => {
	const state = stateAfter(...searched, found);
	assert.deepEqual(selectNextPage(state), {text: 'qwen', cursor: 'page-2'});
	const loading = continueFrom(state, {type: 'browse/page-requested', text: 'qwen', cursor: 'page-2'});
	assert.equal(selectNextPage(loading), undefined);
	assert.match(selectBrowseStatus(loading).text, /loading more/v);
	const more = continueFrom(loading, {type: 'browse/page-succeeded', text: 'qwen', page: {results: [results[1]!, searchResult('Cora/qwen')]}});
	assert.deepEqual(keysOf(more), ['hf:Anna/qwen-7B-GGUF', 'hf:Bert/qwen-coder-GGUF', 'hf:Cora/qwen']);
	assert.equal(selectNextPage(more), undefined);
});

test('far from the end no page is asked for', () => {
	const many = Array.from({length: 50}, (_, index) => searchResult(`Owner/qwen-${index}`));
	assert.equal(selectNextPage(stateAfter(...searched, {type: 'browse/search-succeeded', text: 'qwen', page: {results: many, nextCursor: 'page-2'}})), undefined);
});

test('offline is said, with why and what to do, and the registry stays', () => {
	const failed: Action = {type: 'browse/search-failed', text: 's', error: {code: 'offline', message: 'Cannot reach the hub.', hint: 'Check the cable.'}};
	const state = stateAfter(registry, fits, ...typedQuery('s'), {type: 'browse/search-requested', text: 's', delayMs: 0}, failed);
	assert.deepEqual(selectBrowseStatus(state), {kind: 'error', text: 'Offline: Cannot reach the hub. r tries again. The registry is shown.'});
	assert.equal(selectBrowseRows(state).length, 5);
});

test('an empty list says why, and what to do about it', () => {
	const searching = stateAfter(...searched);
	assert.deepEqual(selectEmptyBrowse(searching), ['Searching for “qwen” …']);
	const nothing: Action = {type: 'browse/search-succeeded', text: 'qwen', page: {results: []}};
	assert.match(selectEmptyBrowse(continueFrom(searching, nothing)).join(' '), /No match for “qwen” in the registry or on Hugging Face/v);
	const filtered = continueFrom(searching, nothing, {type: 'browse/filter-cycled'});
	assert.match(selectEmptyBrowse(filtered).join(' '), /fit this machine: f changes the filter/v);
});

test('clearing the query ends the search and shows the registry again', () => {
	const state = stateAfter(...searched, found, {type: 'browse/query-cleared'});
	assert.equal(state.browse.search.status, 'idle');
	assert.equal(selectBrowseRows(state).length, 5);
});

test('marks stay on what the search does not show any more, and all of them are downloaded', () => {
	const marked = stateAfter(...searched, found, {type: 'browse/mark-toggled'}, {type: 'browse/query-cleared'}, {type: 'browse/mark-toggled'});
	assert.deepEqual(selectMarkedTargets(marked), [
		{ref: 'hf:Anna/qwen-7B-GGUF', name: 'Anna/qwen-7B-GGUF', isRepository: true},
		{ref: 'chosen', name: 'Chosen', isRepository: false},
	]);
	const requested = continueFrom(marked, {type: 'browse/download-requested', targets: selectMarkedTargets(marked)});
	assert.equal(requested.browse.marked.size, 0);
});

test('marking goes on to the next row and takes a mark off again', () => {
	const mark: Action = {type: 'browse/mark-toggled'};
	const state = stateAfter(registry, fits, mark, mark);
	assert.deepEqual([...state.browse.marked], ['chosen', 'middle']);
	assert.equal(selectedKey(state), 'small');
	const again = continueFrom(state, {type: 'browse/moved', move: 'first'}, mark);
	assert.deepEqual([...again.browse.marked], ['middle']);
});

const repository = 'Anna/qwen-7B-GGUF';
const variants = [variant(repository, 'Q2_K', 2e9), variant(repository, 'Q4_K_M', 4e9), variant(repository, 'F16', 14e9)];
const withDetails = stateAfter(
	...searched, found, {type: 'browse/details-succeeded', repository, details: modelDetails(repository, variants)}, judged({[variants[0]!.ref]: 'memory', [variants[1]!.ref]: 'memory', [variants[2]!.ref]: 'memory'}),
);

test('of a repository the largest variant that fits is preselected, full precision only where there is nothing else', () => {
	assert.equal(selectBrowseVariant(withDetails)?.quantization, 'Q4_K_M');
	const noFit = Object.fromEntries(variants.map(({ref}) => [ref, 'none'] as const));
	const none = continueFrom(withDetails, judged(noFit));
	assert.equal(selectBrowseVariant(none)?.quantization, 'Q2_K', 'where none fits, the smallest');
	const tight = continueFrom(withDetails, judged({[variants[1]!.ref]: 'tight', [variants[0]!.ref]: 'none', [variants[2]!.ref]: 'none'}));
	assert.equal(selectBrowseVariant(tight)?.quantization, 'Q4_K_M');
});

test('another variant can be chosen; another row forgets that', () => {
	const up = continueFrom(withDetails, {type: 'browse/variant-moved', move: 'first'});
	assert.equal(selectBrowseVariant(up)?.quantization, 'Q2_K');
	const back = continueFrom(up, down, {type: 'browse/moved', move: 'up'});
	assert.equal(selectBrowseVariant(back)?.quantization, 'Q4_K_M');
});

test('a registry model has its own variant even offline, and asks for it by its id', () => {
	const offline = stateAfter(registry, fits, {type: 'browse/details-failed', repository: 'Owner/chosen-GGUF', error: {code: 'offline', message: 'Gone.'}});
	const details = selectBrowseDetails(offline);
	assert.equal(details?.entry?.status, 'failed');
	assert.deepEqual(details?.variants.map(({target}) => target), [{ref: 'chosen', name: 'Chosen Q4_K_M', isRepository: false}]);
});

test('of the hub’s variants of a registry model its own is preselected and keeps its id', () => {
	const own = {...variant('Owner/chosen-GGUF', 'Q4_K_M', 2e9), files: [{path: 'chosen.gguf', sizeBytes: 2e9, role: 'model'} as const]};
	const details = modelDetails('Owner/chosen-GGUF', [variant('Owner/chosen-GGUF', 'Q2_K', 1e9), own]);
	const state = stateAfter(registry, fits, {type: 'browse/details-succeeded', repository: 'Owner/chosen-GGUF', details});
	assert.deepEqual(selectBrowseDetails(state)?.variants.map(({target}) => target.ref), ['hf:Owner/chosen-GGUF:Q2_K', 'chosen']);
	assert.equal(selectBrowseVariant(state)?.target.ref, 'chosen');
});

test('what is installed or queued is known under every name it can have', () => {
	const row = (state: AppState, key: string) => selectBrowseRows(state).find(candidate => candidate.key === key)!;
	const byId = continueFrom(withDetails, libraryOf(installedModel({id: 'chosen', ref: 'chosen'})), {type: 'browse/query-cleared'});
	assert.equal(installedOf(byId, row(byId, 'chosen'))?.id, 'chosen');
	const byRef = continueFrom(withDetails, libraryOf(installedModel({id: 'qwen-7b', ref: `hf:${repository}@main:Q4_K_M`, quantization: 'Q4_K_M'})));
	assert.equal(installedOf(byRef, row(byRef, `hf:${repository}`))?.id, 'qwen-7b');
	assert.deepEqual(selectBrowseDetails(byRef)?.variants.map(({installed}) => installed !== undefined), [false, true, false]);
	const queued = continueFrom(withDetails, {
		type: 'downloads/changed', at: 0, downloads: [download({
			id: 'x', request: {
				...download({id: 'x'}).request, repository, ref: variants[0]!.ref, quantization: 'Q2_K',
			},
		})],
	});
	assert.equal(queuedOf(queued, row(queued, `hf:${repository}`))?.id, 'x');
	assert.deepEqual(selectBrowseDetails(queued)?.variants.map(row_ => row_.queued !== undefined), [true, false, false]);
});

test('details of many repositories are kept, the oldest go', () => {
	const actions = Array.from({length: 250}, (_, index): Action => ({type: 'browse/details-requested', repository: `o/${index}`}));
	const {details} = stateAfter(...actions).browse;
	assert.equal(details.size, 200);
	assert.equal(details.has('o/249'), true);
	assert.equal(details.has('o/0'), false);
});

test('rows are the same array until something changes', () => {
	const state = stateAfter(...searched, found);
	const rows = selectBrowseRows(state);
	assert.equal(selectBrowseRows(continueFrom(state, down, {type: 'screen/noticed', notice: {kind: 'info', text: 'x'}})), rows);
	assert.notEqual(selectBrowseRows(continueFrom(state, {type: 'browse/filter-cycled'})), rows);
});
