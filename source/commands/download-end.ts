import {RemudaError} from '../errors/remuda-error.js';
import {formatBytes} from '../format/bytes.js';
import {type Download} from '../types/download.js';
import {type InstalledModel} from '../types/installed-model.js';
import {type CommandContext} from './command.js';
import {type JsonRecord} from './output.js';
import {downloadRecord} from './records.js';
import {ReportedError} from './reported-error.js';

/**
Says that there is nothing to do.
*/
export function tellInstalled(context: CommandContext, model: InstalledModel): JsonRecord {
	notice(context, `${model.id} is installed already.`);
	context.output.text(`${model.path}\n`);
	return {
		...installedFields(model), status: 'completed', receivedBytes: model.sizeBytes, totalBytes: model.sizeBytes, fetchedBytes: 0, resumedBytes: 0, alreadyInstalled: true,
	};
}

/**
Says that a download waits for its turn.
*/
export function tellQueued(context: CommandContext, download: Download): JsonRecord {
	const {request, totalBytes} = download;
	notice(context, `Queued ${request.modelId}, ${formatBytes(totalBytes)}.`);
	context.output.text(`${request.modelId}\n`);
	return downloadRecord(download);
}

/**
Says how a download ended.
@throws ReportedError with why it failed, RemudaError `download_paused` or `download_cancelled` when somebody else did that.
*/
export async function tellEnd(context: CommandContext, download: Download): Promise<JsonRecord> {
	const {request, status, error} = download;
	if (status === 'failed' && error !== undefined) {
		throw new ReportedError(error);
	}

	if (status !== 'completed') {
		throw new RemudaError(`The download of ${request.ref} was ${status} from elsewhere.`, {
			code: `download_${status}`,
			hint: 'The same command goes on with it.',
		});
	}

	const {inventory} = await context.services();
	const model = await inventory.find(request.modelId);
	notice(context, `Downloaded ${model.id}, ${formatBytes(download.totalBytes)}${download.resumedBytes > 0 ? ` of which ${formatBytes(download.resumedBytes)} were here already` : ''}.`);
	context.output.text(`${model.path}\n`);
	return {...downloadRecord(download), ...installedFields(model), alreadyInstalled: false};
}

function installedFields({id, ref, path, sizeBytes, checksum}: InstalledModel): JsonRecord {
	return {
		id, ref, path, sizeBytes, checksum,
	};
}

function notice({flags, output}: CommandContext, line: string): void {
	if (flags.quiet !== true) {
		output.notice(line);
	}
}
