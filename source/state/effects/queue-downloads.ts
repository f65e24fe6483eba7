import {toErrorReport} from '../../errors/to-error-report.js';
import {isOpen} from '../../format/download-status.js';
import {nameWithQuantization} from '../../format/model-name.js';
import {parseModelReference} from '../../services/references/parse-model-reference.js';
import {licenseTermsOf} from '../../services/safety/license-terms.js';
import {type DownloadRequest} from '../../types/download.js';
import {type Action} from '../actions.js';
import {type DownloadTarget} from '../reducers/browse.js';
import {bestVariant} from '../selectors/best-variant.js';
import {askWhatIsMissing} from './ask-what-is-missing.js';
import {describeOutcomes, type Outcome} from './download-outcomes.js';
import {type EffectContext} from './effect.js';
import {judgeFor} from './fit-of.js';
import {judgeVariants} from './judge-variants.js';

/**
Puts models into the queue, in order, and says what came of each: one that fails does not keep the others from it. Where a licence has to be accepted or room to be made first, a dialog asks for that.
*/
export async function queueDownloads(targets: readonly DownloadTarget[], context: EffectContext): Promise<Action | undefined> {
	const outcomes: Outcome[] = [];
	for (const target of targets) {
		// One after the other keeps the order of the marks in the queue.
		// eslint-disable-next-line no-await-in-loop
		outcomes.push(await queue(target, context));
	}

	const dialog = await askWhatIsMissing(outcomes, context);
	if (dialog) {
		context.dispatch({type: 'screen/dialog-opened', dialog});
	}

	const told = dialog ? outcomes.filter(({status}) => status !== 'unlicensed' && status !== 'no-room') : outcomes;
	return told.length === 0 ? undefined : {type: 'screen/noticed', notice: describeOutcomes(told)};
}

async function queue(target: DownloadTarget, context: EffectContext): Promise<Outcome> {
	const {services, signal} = context;
	let request: DownloadRequest | undefined;
	try {
		const ref = target.isRepository ? await chooseVariant(target, context) : target.ref;
		request = await services.sources.resolve(parseModelReference(ref), {signal});
		const name = nameWithQuantization(request.name, request.quantization);
		const isKnown = isQueued(request, context);
		const terms = licenseTermsOf(request);
		if (!isKnown && !await services.consents.has(terms)) {
			return {
				status: 'unlicensed', name, terms, target: targetOf(request, name),
			};
		}

		const download = await services.downloads.add(request);
		return isKnown
			? {status: 'known', name}
			: {
				status: 'queued', name, sizeBytes: download.totalBytes, isChosen: target.isRepository,
			};
	} catch (error) {
		signal.throwIfAborted();
		return failedOutcome(error, target, request);
	}
}

function isQueued({ref}: DownloadRequest, {services}: EffectContext): boolean {
	return services.downloads.list().some(download => download.request.ref === ref && isOpen(download.status));
}

function failedOutcome(thrown: unknown, target: DownloadTarget, request: DownloadRequest | undefined): Outcome {
	const error = toErrorReport(thrown);
	const {code, missingBytes} = error;
	if (!request || code !== 'disk_full' || missingBytes === undefined) {
		return {status: 'failed', name: target.name, error};
	}

	const name = nameWithQuantization(request.name, request.quantization);
	let sizeBytes = 0;
	for (const file of request.files) {
		sizeBytes += file.sizeBytes;
	}

	return {
		status: 'no-room', name, error, missingBytes, sizeBytes, target: targetOf(request, name),
	};
}

/**
The variant that was chosen, so that asking again does not choose another.
*/
function targetOf({ref}: DownloadRequest, name: string): DownloadTarget {
	return {ref, name, isRepository: false};
}

/**
The largest variant that runs well here, else the smallest there is.
*/
async function chooseVariant({ref}: DownloadTarget, context: EffectContext): Promise<string> {
	const {services, getState, dispatch, signal} = context;
	const reference = parseModelReference(ref);
	const repository = reference.kind === 'hugging-face' ? reference.repository : ref;
	const known = getState().browse.details.get(repository);
	const details = known?.status === 'ready' ? known.details : await services.sources.details(reference, {signal});
	const fits = judgeVariants(details, judgeFor(await services.hardware.probe({signal}), context));
	if (!getState().hardware.simulated) {
		dispatch({type: 'browse/fits-judged', fits});
	}

	dispatch({type: 'browse/details-succeeded', repository, details});
	return bestVariant(details.variants, variant => fits.get(variant.ref)?.level)?.ref ?? ref;
}
