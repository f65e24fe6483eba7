import {InterruptedError} from '../errors/interrupted-error.js';
import {RemudaError} from '../errors/remuda-error.js';
import {formatBytes} from '../format/bytes.js';
import {parseModelReference} from '../services/references/parse-model-reference.js';
import {type Download} from '../types/download.js';
import {type InstalledModel} from '../types/installed-model.js';
import {type ModelReference} from '../types/model-reference.js';
import {takeArguments} from './arguments.js';
import {type Command, type CommandContext} from './command.js';
import {followDownloads} from './download-progress.js';
import {findInstalled} from './find-installed.js';
import {runJob} from './job.js';
import {type JsonRecord} from './output.js';
import {downloadRecord} from './records.js';
import {reportError} from './report-error.js';
import {ReportedError} from './reported-error.js';

export const command: Command = {
	usage: ['download REF... [--quiet]'],
	description: 'Goes on where an earlier download of the same file stopped. Ctrl-C keeps what was received.',
	flags: {
		quiet: {type: 'boolean', description: 'No progress and no notices on stderr'},
	},
	examples: ['download qwen2.5-coder-3b-q4', 'download hf:bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M --json'],
	exitCodes: {
		3: 'no such model', 4: 'the hub cannot be reached', 5: 'a file is not what it should be', 6: 'no space', 8: 'a token or an accepted licence is missing', 9: 'the hub asks to wait',
	},
	async run(context) {
		const references = [...new Set(takeArguments(context, {name: 'a model reference', minimum: 1}))];
		// A typing error is said before anything is fetched.
		const parsed = references.map(text => ({text, reference: parseModelReference(text)}));
		const {downloads} = await context.services();
		const following = followDownloads(context, downloads);
		try {
			await downloads.start();
			const results = await Promise.allSettled(parsed.map(async ({text, reference}) => downloadOne(context, text, reference, following.add)));
			throwFirst(context, results);
		} finally {
			following.stop();
		}
	},
};

/**
The first failure decides how the command ends; the others are told here.
*/
function throwFirst({signal, output, streams: {stderr}, environment}: CommandContext, results: ReadonlyArray<PromiseSettledResult<void>>): void {
	const [first, ...others] = results.filter(result => result.status === 'rejected').map(({reason}): unknown => reason);
	if (first === undefined) {
		return;
	}

	if (signal.aborted) {
		throw new InterruptedError('Interrupted. What was received is kept: the same command goes on from there.');
	}

	if (!output.json) {
		for (const error of others) {
			reportError(error, {stderr, json: false, environment});
		}
	}

	throw first; // eslint-disable-line @typescript-eslint/only-throw-error
}

async function downloadOne(context: CommandContext, text: string, reference: ModelReference, follow: (modelId: string) => void): Promise<void> {
	const {signal} = context;
	await runJob(context, {ref: text}, async () => {
		const {sources, downloads, inventory} = await context.services();
		const known = reference.kind === 'file' ? undefined : await findInstalled(inventory, text);
		if (known !== undefined) {
			return tellInstalled(context, known);
		}

		const request = await sources.resolve(reference, {signal});
		const resolved = await findInstalled(inventory, request.modelId);
		if (resolved !== undefined) {
			return tellInstalled(context, resolved);
		}

		follow(request.modelId);
		const download = await downloads.add(request);
		if (download.status === 'paused') {
			await downloads.resume(download.id);
		}

		return tellEnd(context, await downloads.settled(download.id, {signal}));
	});
}

function tellInstalled(context: CommandContext, model: InstalledModel): JsonRecord {
	notice(context, `${model.id} is installed already.`);
	context.output.text(`${model.path}\n`);
	return {
		...installedFields(model), status: 'completed', receivedBytes: model.sizeBytes, totalBytes: model.sizeBytes, fetchedBytes: 0, resumedBytes: 0, alreadyInstalled: true,
	};
}

async function tellEnd(context: CommandContext, download: Download): Promise<JsonRecord> {
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
