import {setTimeout} from 'node:timers/promises';
import {toErrorReport} from '../../errors/to-error-report.js';
import {formatBytes} from '../../format/bytes.js';
import {nameWithQuantization} from '../../format/model-name.js';
import {parseModelReference} from '../../services/references/parse-model-reference.js';
import {type ErrorReport} from '../../types/error-report.js';
import {type DownloadTarget} from '../reducers/browse.js';
import {type Notice} from '../reducers/screen.js';
import {bestVariant} from '../selectors/best-variant.js';
import {selectBrowseRow} from '../selectors/browse-rows.js';
import {selectNextPage} from '../selectors/browse-status.js';
import {isWide} from '../selectors/layout.js';
import {isUnfinished} from '../selectors/variant-keys.js';
import {type EffectContext, type Effects} from './effect.js';
import {errorNotice} from './notices.js';
import {judgeVariants} from './judge-variants.js';

/**
Milliseconds without a key before the hub is asked.
*/
const typingPause = 250;
const cursorRest = 250;

const resultsPerPage = 50;

// One key for both: a new search also ends the loading of the old one's next page.
const searchKey = () => 'browse/search';

export const browseEffects: Effects = {
	'browse/query-typed': {
		key: () => 'browse/typing',
		async run(_action, {getState}) {
			const {query, search} = getState().browse;
			const text = query.value.trim();
			return text === search.text ? undefined : {type: 'browse/search-requested', text, delayMs: typingPause};
		},
		failed: errorNotice,
	},
	'browse/query-cleared': {cancels: searchKey},
	'browse/search-requested': {
		key: searchKey,
		async run({text, delayMs}, {services, signal}) {
			if (text === '') {
				return undefined;
			}

			await setTimeout(delayMs, undefined, {signal});
			const page = await services.sources.search({text, limit: resultsPerPage}, {signal});
			return {type: 'browse/search-succeeded', text, page};
		},
		failed: (error, {text}) => ({type: 'browse/search-failed', text, error}),
	},
	'browse/page-requested': {
		key: searchKey,
		async run({text, cursor}, {services, signal}) {
			const page = await services.sources.search({text, cursor, limit: resultsPerPage}, {signal});
			return {type: 'browse/page-succeeded', text, page};
		},
		failed: (error, {text}) => ({type: 'browse/page-failed', text, error}),
	},
	'browse/moved': {
		key: () => 'browse/rest',
		async run(_action, {getState, dispatch, signal}) {
			const page = selectNextPage(getState());
			if (page) {
				dispatch({type: 'browse/page-requested', ...page});
			}

			// Only where the cursor rests is it worth asking the hub, and only where the answer is seen.
			await setTimeout(cursorRest, undefined, {signal});
			const state = getState();
			const row = selectBrowseRow(state);
			const isWanted = row?.origin === 'hub' && isWide(state.screen) && !state.browse.details.has(row.repository);
			return isWanted ? {type: 'browse/details-requested', repository: row.repository} : undefined;
		},
		failed: errorNotice,
	},
	'browse/details-requested': {
		key: ({repository}) => `browse/details:${repository}`,
		async run({repository}, {services, dispatch, signal}) {
			const details = await services.sources.details({kind: 'hugging-face', repository}, {signal});
			const hardware = await services.hardware.probe({signal});
			dispatch({type: 'browse/fits-judged', fits: judgeVariants(details, hardware)});
			return {type: 'browse/details-succeeded', repository, details};
		},
		failed: (error, {repository}) => ({type: 'browse/details-failed', repository, error}),
	},
	'browse/download-requested': {
		// Each request is work of its own: a later one must not end it.
		key: ({targets}) => `browse/download:${targets.map(({ref}) => ref).join(' ')}`,
		async run({targets}, context) {
			const outcomes: Outcome[] = [];
			for (const target of targets) {
				// One after the other keeps the order of the marks in the queue.
				// eslint-disable-next-line no-await-in-loop
				outcomes.push(await queue(target, context));
			}

			return {type: 'screen/noticed', notice: summarize(outcomes)};
		},
		failed: errorNotice,
	},
};

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
