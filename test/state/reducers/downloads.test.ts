import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Action} from '../../../source/state/actions.js';
import {cancelDialog} from '../../../source/state/selectors/download-dialogs.js';
import {selectChosenDownloads, selectDownload, selectDownloadTotals} from '../../../source/state/selectors/downloads.js';
import {selectHeaderStatus} from '../../../source/state/selectors/header-status.js';
import {selectRunningWork} from '../../../source/state/selectors/running-work.js';
import {type Download} from '../../../source/types/download.js';
import {continueFrom, stateAfter} from '../../helpers/app-state.js';
import {download} from '../../helpers/models.js';

const changed = (downloads: readonly Download[], at = 0): Action => ({type: 'downloads/changed', downloads, at});

const down: Action = {type: 'downloads/moved', move: 'down'};

test('the queue counts as being read until it has been told of', () => {
	assert.equal(stateAfter().downloads.status, 'loading');
	assert.equal(stateAfter(changed([])).downloads.status, 'ready');
	const {status, error} = stateAfter({type: 'downloads/watch-failed', error: {code: 'database_broken', message: 'Broken.'}}).downloads;
	assert.equal(status, 'failed');
	assert.equal(error?.code, 'database_broken');
});

test('the selected download stays selected when others leave the list', () => {
	const [one, two, three] = ['one', 'two', 'three'].map(id => download({id}));
	const state = stateAfter(changed([one!, two!, three!]), down);
	assert.equal(selectDownload(state)?.id, 'two');
	const shorter = continueFrom(state, changed([two!, three!]));
	assert.equal(selectDownload(shorter)?.id, 'two');
	const gone = continueFrom(state, changed([one!]));
	assert.equal(selectDownload(gone)?.id, 'one');
});

test('every change of status and every setback is logged, bytes are not', () => {
	const one = download({id: 'one', status: 'pending'});
	const {events} = stateAfter(
		changed([one], 1),
		changed([{...one, status: 'downloading'}], 2),
		changed([{...one, status: 'downloading', receivedBytes: 1.5e9}], 3),
		changed([{
			...one, status: 'downloading', retries: 1, activity: 'waiting 4 s before retry 1 of 3',
		}], 4),
		changed([{...one, status: 'failed', error: {code: 'x', message: 'The line is dead.'}}], 5),
	).downloads;
	assert.deepEqual(events.get('one'), [
		{at: 1, text: 'waiting for its turn'},
		{at: 2, text: 'downloading'},
		{at: 4, text: 'waiting 4 s before retry 1 of 3'},
		{at: 5, text: 'failed: The line is dead.'},
	]);
});

test('the log of a download that left the list is forgotten', () => {
	const state = stateAfter(changed([download({id: 'one'}), download({id: 'two'})]), changed([download({id: 'two'})]));
	assert.deepEqual(state.downloads.events.keys().toArray(), ['two']);
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
});

test('the header sums up what is being downloaded', () => {
	assert.equal(selectHeaderStatus(stateAfter()), 'Remuda');
	const state = stateAfter(changed([
		download({id: 'one', bytesPerSecond: 40e6, receivedBytes: 1e9}),
		download({id: 'two', bytesPerSecond: 10e6, receivedBytes: 1e9}),
		download({id: 'three', status: 'pending', receivedBytes: 0}),
		download({id: 'four', status: 'paused'}),
		download({id: 'five', status: 'completed', receivedBytes: 2e9}),
	]));
	assert.deepEqual(selectDownloadTotals(state), {
		active: 2, pending: 1, bytesPerSecond: 50e6, etaSeconds: 80,
	});
	assert.equal(selectHeaderStatus(state), '↓3 50.0 MB/s 1 min');
});

test('no rate and no time left are shown before they are known', () => {
	const running = stateAfter(changed([download({id: 'one'})]));
	assert.equal(selectHeaderStatus(running), '↓1');
	const paused = continueFrom(running, changed([download({id: 'one', status: 'paused'})]));
	assert.equal(selectHeaderStatus(paused), 'Remuda');
});

test('quitting would interrupt what is not paused and not over', () => {
	const statuses = ['pending', 'downloading', 'verifying', 'paused', 'completed', 'failed', 'cancelled'] as const;
	const state = stateAfter(changed(statuses.map(status => download({id: status, status}))));
	assert.deepEqual(selectRunningWork(state), [
		'Downloading pending (Q4_K_M): 1.00 GB of 2.00 GB',
		'Downloading downloading (Q4_K_M): 1.00 GB of 2.00 GB',
		'Downloading verifying (Q4_K_M): 1.00 GB of 2.00 GB',
	]);
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

test('a smaller window takes the selection along', () => {
	const items = Array.from({length: 40}, (_, index) => download({id: String(index)}));
	const state = stateAfter({type: 'screen/resized', columns: 120, rows: 50}, changed(items), {type: 'downloads/moved', move: 'last'}, {type: 'screen/resized', columns: 80, rows: 24});
	assert.deepEqual(state.downloads.list, {cursor: 39, top: 28});
});
