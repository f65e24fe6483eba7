import {formatBytes} from '../../format/bytes.js';
import {nameWithQuantization} from '../../format/model-name.js';
import {type Download} from '../../types/download.js';
import {type ConfirmDialog} from '../dialog.js';

/**
Names every download and the bytes that cancelling loses.
*/
export function cancelDialog(downloads: readonly Download[]): ConfirmDialog {
	let lostBytes = 0;
	for (const {receivedBytes} of downloads) {
		lostBytes += receivedBytes;
	}

	const isAnyRunning = downloads.some(({status}) => ['pending', 'downloading', 'verifying'].includes(status));
	return {
		kind: 'confirm',
		title: downloads.length === 1 ? 'Cancel this download?' : `Cancel ${downloads.length} downloads?`,
		lines: [
			...downloads.map(download => describe(download)),
			'',
			`${formatBytes(lostBytes)} already received are deleted.${isAnyRunning ? ' p pauses and keeps them.' : ''}`,
		],
		confirmLabel: 'cancel and delete',
		confirmed: {type: 'downloads/command-requested', command: 'cancel', ids: downloads.map(({id}) => id)},
	};
}

function describe({request, receivedBytes, totalBytes}: Download): string {
	return `${nameWithQuantization(request.name, request.quantization)}: ${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)} received`;
}
