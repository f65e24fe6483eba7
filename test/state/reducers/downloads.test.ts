import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Action} from '../../../source/state/actions.js';
import {selectDownloadRows} from '../../../source/state/selectors/download-rows.js';
import {cancelDialog, licenseDialog, quitDialog} from '../../../source/state/selectors/download-dialogs.js';
import {selectChosenDownloads, selectDownload, selectDownloadTotals} from '../../../source/state/selectors/downloads.js';
import {selectHeaderStatus} from '../../../source/state/selectors/header-status.js';
import {type AppState} from '../../../source/state/state.js';
import {type Download} from '../../../source/types/download.js';
import {continueFrom, stateAfter} from '../../helpers/app-state.js';
import {download} from '../../helpers/models.js';

const down: Action = {type: 'downloads/moved', move: 'down'};

function changed(downloads: readonly Download[], at = 0): Action {
	return {type: 'downloads/changed', downloads, at};
}

const rowsOf = ({downloads}: AppState) => selectDownloadRows(downloads.items).map(({id}) => id);

test('until the queue was read it is loading; a queue that cannot be read says why', () => {
	assert.equal(stateAfter().downloads.status, 'loading');
	assert.equal(stateAfter(changed([])).downloads.status, 'ready');
	const {status, error} = stateAfter({type: 'downloads/watch-failed', error: {code: 'database_broken', message: 'Broken.'}}).downloads;
	assert.equal(status, 'failed');
	assert.equal(error?.code, 'database_broken');
});

test('the list has what is to come in queue order, then what failed, then the history, latest first', () => {
	const state = stateAfter(changed([
		download({id: 'old', status: 'completed', finishedAt: '2026-01-01T00:00:00Z'}),
		download({id: 'failed', status: 'failed'}),
		download({id: 'first'}),
		download({id: 'new', status: 'cancelled', finishedAt: '2026-01-02T00:00:00Z'}),
		download({id: 'second', status: 'paused'}),
		download({id: 'third', status: 'pending'}),
	]));
	assert.deepEqual(rowsOf(state), ['first', 'second', 'third', 'failed', 'new', 'old']);
	assert.equal(selectDownloadRows(state.downloads.items), selectDownloadRows(state.downloads.items));
});

test('a download that was chosen stays selected when others leave the list or change places, also when it is done itself', () => {
	const [one, two, three] = ['one', 'two', 'three'].map(id => download({id}));
	const state = stateAfter(changed([one!, two!, three!]), down);
	assert.equal(selectDownload(state)?.id, 'two');
	const lists = [[two!, three!], [three!, one!, two!], [one!, {...two!, status: 'completed' as const}, three!], [one!]];
	const selected = lists.map(list => continueFrom(state, changed(list))).map(next => selectDownload(next)?.id);
	assert.deepEqual(selected, ['two', 'two', 'two', 'one']);
});

test('while none was chosen the first row is the one that runs', () => {
	const [one, two] = ['one', 'two'].map(id => download({id}));
	const state = stateAfter(changed([one!, two!]), changed([{...one!, status: 'completed'}, two!]));
	assert.equal(selectDownload(state)?.id, 'two');
});

test('keys act on what is marked, else on what is selected', () => {
	const state = stateAfter(changed(['one', 'two', 'three'].map(id => download({id}))));
	assert.deepEqual(selectChosenDownloads(state).map(({id}) => id), ['one']);
	const marked = continueFrom(state, {type: 'downloads/mark-toggled'}, {type: 'downloads/mark-toggled'});
	assert.deepEqual(selectChosenDownloads(marked).map(({id}) => id), ['one', 'two']);
	const gone = continueFrom(marked, changed([download({id: 'two'})]));
	assert.deepEqual([...gone.downloads.marked], ['two']);
	const done = continueFrom(marked, {type: 'downloads/command-requested', command: 'pause', ids: ['one', 'two']});
	assert.equal(done.downloads.marked.size, 0);
	const moved = continueFrom(marked, {type: 'downloads/move-requested', ids: ['one', 'two'], to: 'down'});
	assert.equal(moved.downloads.marked.size, 2, 'what moves a step may want to move another');
});

test('what is being done to a download is known until it has ended; what was begun since goes on', () => {
	const state = stateAfter(
		changed([download({id: 'one'}), download({id: 'two'})]),
		{type: 'downloads/command-requested', command: 'pause', ids: ['one', 'two']},
		{type: 'downloads/command-requested', command: 'cancel', ids: ['two']},
	);
	assert.deepEqual([...state.downloads.working], [['one', 'pause'], ['two', 'cancel']]);
	const ended = continueFrom(state, {type: 'downloads/work-ended', work: 'pause', ids: ['one', 'two']});
	assert.deepEqual([...ended.downloads.working], [['two', 'cancel']]);
	assert.equal(continueFrom(ended, {type: 'downloads/work-ended', work: 'pause', ids: ['one']}), ended);
});

test('what the list shows as done can be undone at once, and nothing before', () => {
	const list = (status: Download['status']) => changed([download({id: 'one', status})]);
	const state = stateAfter(list('downloading'), {type: 'downloads/command-requested', command: 'pause', ids: ['one']}, list('downloading'));
	assert.equal(state.downloads.working.size, 1);
	const paused = continueFrom(state, list('paused'));
	assert.equal(paused.downloads.working.size, 0);
	const resuming = continueFrom(paused, {type: 'downloads/command-requested', command: 'resume', ids: ['one']}, {type: 'downloads/work-ended', work: 'pause', ids: ['one']});
	assert.equal(resuming.downloads.working.size, 1, 'the end of the one before is not that of this one');
	assert.equal(continueFrom(resuming, list('pending')).downloads.working.size, 0);
});

test('the header sums up what is being downloaded', () => {
	assert.equal(selectHeaderStatus(stateAfter()), 'Remuda');
	const state = stateAfter(changed([
		download({id: 'one', bytesPerSecond: 40e6, receivedBytes: 1e9}),
		download({id: 'two', bytesPerSecond: 10e6, receivedBytes: 1e9}),
		download({id: 'three', status: 'pending', receivedBytes: 0}),
		download({id: 'four', status: 'paused'}),
		download({id: 'five', status: 'completed', receivedBytes: 2e9}),
		download({id: 'six', status: 'failed'}),
	]));
	assert.deepEqual(selectDownloadTotals(state), {
		active: 2, waiting: 1, scheduled: [], paused: 1, failed: 1, bytesPerSecond: 50e6, leftBytes: 4e9, etaSeconds: 80,
	});
	assert.equal(selectHeaderStatus(state), '↓3 50.0 MB/s 1 min');
});

test('what waits for an hour of the day is none of what is to go soon', () => {
	const now = Date.parse('2026-01-01T12:00:00');
	const running = download({id: 'one', bytesPerSecond: 10e6});
	const later = download({
		id: 'two', status: 'pending', receivedBytes: 0, startAt: new Date(now + 3_600_000).toISOString(),
	});
	const atNight = download({
		id: 'three', status: 'pending', receivedBytes: 0, hours: {from: '23:00', to: '07:00'},
	});
	const {leftBytes, etaSeconds} = selectDownloadTotals(stateAfter({type: 'screen/clock-ticked', now}, changed([running, later, atNight])));
	assert.deepEqual([leftBytes, etaSeconds], [1e9, 100]);
	const inTime = stateAfter({type: 'screen/clock-ticked', now: Date.parse('2026-01-02T01:00:00')}, changed([running, later, atNight]));
	assert.equal(selectDownloadTotals(inTime).etaSeconds, 500);
});

test('no rate and no time left are shown before they are known', () => {
	const running = stateAfter(changed([download({id: 'one'})]));
	assert.equal(selectHeaderStatus(running), '↓1');
	const paused = continueFrom(running, changed([download({id: 'one', status: 'paused'})]));
	assert.equal(selectHeaderStatus(paused), 'Remuda');
});

test('quitting asks about what is not paused and not over, and loses nothing by Enter', () => {
	const statuses = ['pending', 'downloading', 'verifying', 'paused', 'completed', 'failed', 'cancelled'] as const;
	const state = stateAfter(changed(statuses.map(status => download({id: status, status}))));
	const {title, lines, choices, cursor} = quitDialog(state);
	assert.equal(title, 'Quit while 3 downloads are not done?');
	assert.deepEqual(lines, ['pending', 'downloading', 'verifying'].map(id => `${id} (Q4_K_M): 1.00 GB of 2.00 GB received`));
	assert.equal(cursor, 0);
	const ids = ['pending', 'downloading', 'verifying'];
	assert.deepEqual(choices[0]?.actions, [{type: 'app/quit'}]);
	assert.deepEqual(choices[1]?.actions, [{type: 'downloads/quit-requested', command: 'pause', ids}]);
	assert.match(choices[2]?.label ?? '', /3\.00 GB are deleted/v);
	const [asked] = choices[2]?.actions ?? [];
	assert.equal(asked?.type, 'screen/dialog-opened');
	assert.strictEqual(asked.dialog.kind, 'confirm');
	assert.match(asked.dialog.lines.join('\n'), /3\.00 GB already received are deleted/v);
	assert.deepEqual(asked.dialog.confirmed, {type: 'downloads/quit-requested', command: 'cancel', ids});
});

test('the question at the end names what is cut short besides', () => {
	const state = stateAfter(changed([download({id: 'one'})]));
	const {lines} = quitDialog({...state, bench: {...state.bench, queue: ['starter']}});
	assert.deepEqual(lines.slice(1), ['', 'Cut short by quitting, whatever you choose:', '  A benchmark is running']);
});

test('cancelling names what is lost, and the way to keep it', () => {
	const {lines, title} = cancelDialog([download({id: 'one', receivedBytes: 1e9}), download({id: 'two', receivedBytes: 5e8, status: 'failed'})]);
	assert.equal(title, 'Cancel 2 downloads?');
	assert.deepEqual(lines, [
		'one (Q4_K_M): 1.00 GB of 2.00 GB received',
		'two (Q4_K_M): 500 MB of 2.00 GB received',
		'',
		'1.50 GB already received are deleted. p pauses and keeps them.',
	]);
	assert.doesNotMatch(cancelDialog([download({id: 'two', status: 'failed'})]).lines.join(' '), /p pauses/v);
});

test('a licence is named with its address and its models, and Enter alone does not accept it', () => {
	const terms = {
		kind: 'restricted', key: 'gemma', title: 'Gemma Terms of Use', address: 'https://ai.google.dev/gemma/terms', repository: 'google/gemma',
	} as const;
	const targets = [{ref: 'hf:google/gemma:Q4_0', name: 'gemma', isRepository: false}];
	const {lines, choices, cursor} = licenseDialog([{terms, names: ['gemma (Q4_0)', 'gemma (Q8_0)']}], targets);
	assert.deepEqual(lines.slice(0, 3), ['Gemma Terms of Use', '  read it: https://ai.google.dev/gemma/terms', '  for gemma (Q4_0), gemma (Q8_0)']);
	assert.deepEqual(choices[cursor]?.actions, []);
	assert.deepEqual(choices.find(({key}) => key === 'y')?.actions, [{type: 'downloads/licenses-accepted', terms: [terms], targets}]);
});

test('a smaller window takes the selection along', () => {
	const items = Array.from({length: 40}, (_, index) => download({id: String(index)}));
	const state = stateAfter({type: 'screen/resized', columns: 120, rows: 50}, changed(items), {type: 'downloads/moved', move: 'last'}, {type: 'screen/resized', columns: 80, rows: 24});
	assert.deepEqual(state.downloads.list, {cursor: 39, top: 29});
});

test('the details begin at their first line for every download, and scroll no further than there are lines', () => {
	const [one, two] = [download({id: 'one'}), download({id: 'two'})];
	const state = stateAfter(changed([one, two]), {type: 'downloads/details-toggled'}, {type: 'downloads/details-scrolled', by: 5, last: 3});
	assert.equal(state.downloads.detailsTop, 3);
	assert.equal(continueFrom(state, {type: 'downloads/details-scrolled', by: -1, last: 3}).downloads.detailsTop, 2);
	assert.equal(continueFrom(state, {type: 'downloads/details-scrolled', by: -1, last: 1}).downloads.detailsTop, 0, 'there are fewer lines by now');
	assert.equal(continueFrom(state, down).downloads.detailsTop, 0);
	assert.equal(continueFrom(state, changed([two])).downloads.detailsTop, 0, 'another is shown in its place');
	assert.equal(continueFrom(state, changed([two, one])).downloads.detailsTop, 3);
});

test('what does not concern the downloads leaves them the same object', () => {
	const state = stateAfter(changed([download({id: 'one'})]));
	const after = continueFrom(state, {type: 'screen/clock-ticked', now: 5}, {type: 'browse/moved', move: 'down'}, {type: 'downloads/marks-cleared'}, {type: 'downloads/moved', move: 'down'});
	assert.equal(after.downloads, state.downloads);
});
