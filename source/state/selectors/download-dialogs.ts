import {formatBytes} from '../../format/bytes.js';
import {isSettled} from '../../format/download-status.js';
import {type Download} from '../../types/download.js';
import {type LicenseTerms} from '../../types/license.js';
import {type ChoiceDialog, type ConfirmDialog} from '../dialog.js';
import {type DownloadTarget} from '../reducers/browse.js';
import {type AppState} from '../state.js';
import {describeReceived, selectUnsettled} from './downloads.js';
import {selectRunningWork} from './running-work.js';

/**
Names every download and the bytes that cancelling loses.
*/
export function cancelDialog(downloads: readonly Download[]): ConfirmDialog {
	const isAnyUnsettled = downloads.some(({status}) => !isSettled(status));
	return {
		kind: 'confirm',
		title: downloads.length === 1 ? 'Cancel this download?' : `Cancel ${downloads.length} downloads?`,
		lines: [
			...downloads.map(download => describeReceived(download)),
			'',
			`${formatBytes(receivedBytes(downloads))} already received are deleted.${isAnyUnsettled ? ' p pauses and keeps them.' : ''}`,
		],
		confirmLabel: 'cancel and delete',
		confirmed: {type: 'downloads/command-requested', command: 'cancel', ids: idsOf(downloads)},
	};
}

/**
What shall become of the downloads when the app ends. The first way loses nothing and is the one that Enter takes.
*/
export function quitDialog(state: AppState): ChoiceDialog {
	const running = selectUnsettled(state);
	const cutShort = selectRunningWork(state);
	return {
		kind: 'choice',
		title: running.length === 1 ? 'Quit while a download is not done?' : `Quit while ${running.length} downloads are not done?`,
		lines: [
			...running.map(download => describeReceived(download)),
			...(cutShort.length > 0 ? ['', 'Cut short by quitting, whatever you choose:', ...cutShort.map(line => `  ${line}`)] : []),
		],
		choices: [
			{key: 'b', label: 'quit, and let them go on in the background', actions: [{type: 'app/quit'}]},
			{key: 'p', label: 'pause them, then quit', actions: [{type: 'downloads/quit-requested', command: 'pause', ids: idsOf(running)}]},
			{
				key: 'x',
				label: `cancel them, then quit: ${formatBytes(receivedBytes(running))} are deleted`,
				actions: [{type: 'screen/dialog-opened', dialog: cancelAndQuitDialog(running)}],
			},
		],
		cursor: 0,
		closeLabel: 'stay here',
	};
}

/**
What is lost is asked about once more.
*/
function cancelAndQuitDialog(running: readonly Download[]): ConfirmDialog {
	return {
		kind: 'confirm',
		title: running.length === 1 ? 'Cancel this download and quit?' : `Cancel ${running.length} downloads and quit?`,
		lines: [...running.map(download => describeReceived(download)), '', `${formatBytes(receivedBytes(running))} already received are deleted.`],
		confirmLabel: 'cancel, delete and quit',
		confirmed: {type: 'downloads/quit-requested', command: 'cancel', ids: idsOf(running)},
	};
}

/**
A licence that has to be accepted, and the models it is about.
*/
export type LicenseQuestion = {
	readonly terms: LicenseTerms;
	readonly names: readonly string[];
};

/**
Names every licence once, with where to read it. Enter alone accepts nothing.
*/
export function licenseDialog(questions: readonly LicenseQuestion[], targets: readonly DownloadTarget[]): ChoiceDialog {
	return {
		kind: 'choice',
		title: questions.length === 1 ? 'Do you accept this licence?' : `Do you accept these ${questions.length} licences?`,
		lines: [
			...questions.flatMap(({terms, names}, index) => [
				...(index === 0 ? [] : ['']),
				terms.title,
				`  read it: ${terms.address}`,
				`  for ${names.join(', ')}`,
			]),
			'',
			'It is asked once and kept.',
		],
		choices: [
			{
				key: 'y',
				label: 'accept and download',
				actions: [{type: 'downloads/licenses-accepted', terms: questions.map(({terms}) => terms), targets}],
			},
			{key: 'n', label: 'do not download', actions: []},
		],
		cursor: 1,
		closeLabel: 'do not download',
	};
}

function receivedBytes(downloads: readonly Download[]): number {
	let bytes = 0;
	for (const download of downloads) {
		bytes += download.receivedBytes;
	}

	return bytes;
}

function idsOf(downloads: readonly Download[]): readonly string[] {
	return downloads.map(({id}) => id);
}
