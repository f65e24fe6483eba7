import {toErrorReport} from '../../errors/to-error-report.js';
import {formatBytes} from '../../format/bytes.js';
import {nameWithQuantization} from '../../format/model-name.js';
import {parseModelReference} from '../../services/references/parse-model-reference.js';
import {type ErrorReport} from '../../types/error-report.js';
import {type DownloadTarget} from '../reducers/browse.js';
import {type Notice} from '../reducers/screen.js';
import {bestVariant} from '../selectors/best-variant.js';
import {isUnfinished} from '../selectors/variant-keys.js';
import {type EffectContext} from './effect.js';
import {judgeVariants} from './judge-variants.js';

/**
Puts models into the queue, in order, and says what came of each: one that fails does not keep the others from it.
*/
export async function queueDownloads(targets: readonly DownloadTarget[], context: EffectContext): Promise<Notice> {
	const outcomes: Outcome[] = [];
	for (const target of targets) {
		// One after the other keeps the order of the marks in the queue.
		// eslint-disable-next-line no-await-in-loop
		outcomes.push(await queue(target, context));
	}

	return summarize(outcomes);
}

type Outcome =
	{readonly status: 'queued'; readonly name: string; readonly sizeBytes: number; readonly isChosen: boolean}
	| {readonly status: 'known'; readonly name: string}
	| {readonly status: 'failed'; readonly name: string; readonly error: ErrorReport};

async function queue(target: DownloadTarget, context: EffectContext): Promise<Outcome> {
	const {services, signal} = context;
	try {
		const ref = target.isRepository ? await chooseVariant(target, context) : target.ref;
		const request = await services.sources.resolve(parseModelReference(ref), {signal});
		const isKnown = services.downloads.list().some(download => download.request.ref === request.ref && isUnfinished(download));
		const download = await services.downloads.add(request);
		const name = nameWithQuantization(request.name, request.quantization);
		return isKnown
			? {status: 'known', name}
			: {
				status: 'queued', name, sizeBytes: download.totalBytes, isChosen: target.isRepository,
			};
	} catch (error) {
		signal.throwIfAborted();
		return {status: 'failed', name: target.name, error: toErrorReport(error)};
	}
}

/**
The largest variant that runs well here, else the smallest there is.
*/
async function chooseVariant({ref}: DownloadTarget, {services, getState, dispatch, signal}: EffectContext): Promise<string> {
	const reference = parseModelReference(ref);
	const repository = reference.kind === 'hugging-face' ? reference.repository : ref;
	const known = getState().browse.details.get(repository);
	const details = known?.status === 'ready' ? known.details : await services.sources.details(reference, {signal});
	const fits = judgeVariants(details, await services.hardware.probe({signal}));
	dispatch({type: 'browse/fits-judged', fits});
	dispatch({type: 'browse/details-succeeded', repository, details});
	return bestVariant(details.variants, variant => fits.get(variant.ref)?.level)?.ref ?? ref;
}

const where = '2 shows the downloads.';

function summarize(outcomes: readonly Outcome[]): Notice {
	const failed = outcomes.filter(outcome => outcome.status === 'failed');
	const queued = outcomes.filter(outcome => outcome.status === 'queued');
	const known = outcomes.filter(outcome => outcome.status === 'known');
	const parts = [
		...describeQueued(queued),
		...known.map(({name}) => `${name} is in the queue already.`),
		...failed.map(({name, error}) => `${outcomes.length > 1 ? `${name}: ` : ''}${sentence(error)}`),
	];
	return {kind: failed.length > 0 ? 'error' : 'info', text: [...parts, ...(failed.length < outcomes.length ? [where] : [])].join(' ')};
}

function describeQueued(queued: ReadonlyArray<Extract<Outcome, {status: 'queued'}>>): readonly string[] {
	let sizeBytes = 0;
	for (const outcome of queued) {
		sizeBytes += outcome.sizeBytes;
	}

	const [first] = queued;
	if (!first) {
		return [];
	}

	const names = queued.map(({name}) => name);
	const why = first.isChosen ? ', the variant that suits this machine best' : '';
	return [`Queued ${queued.length > 1 ? `${queued.length} downloads, ${formatBytes(sizeBytes)}: ${names.join(', ')}` : `${first.name}, ${formatBytes(sizeBytes)}${why}`}.`];
}

function sentence({message, hint}: ErrorReport): string {
	return hint === undefined ? message : `${message} ${hint}`;
}
