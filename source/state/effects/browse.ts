import {setTimeout} from 'node:timers/promises';
import {selectBrowseRow} from '../selectors/browse-rows.js';
import {selectNextPage} from '../selectors/browse-status.js';
import {isWide} from '../selectors/layout.js';
import {type Effects} from './effect.js';
import {errorNotice} from './notices.js';
import {queueDownloads} from './queue-downloads.js';
import {judgeFor} from './fit-of.js';
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
		async run({repository}, context) {
			const {services, getState, dispatch, signal} = context;
			const details = await services.sources.details({kind: 'hugging-face', repository}, {signal});
			const {simulated} = getState().hardware;
			const judge = judgeFor(simulated?.report ?? await services.hardware.probe({signal}), context);
			dispatch({type: 'browse/fits-judged', fits: judgeVariants(details, judge)});
			return {type: 'browse/details-succeeded', repository, details};
		},
		failed: (error, {repository}) => ({type: 'browse/details-failed', repository, error}),
	},
	'browse/download-requested': {
		// Each request is work of its own: a later one must not end it.
		key: ({targets}) => `browse/download:${targets.map(({ref}) => ref).join(' ')}`,
		run: async ({targets}, context) => queueDownloads(targets, context),
		failed: errorNotice,
	},
};
