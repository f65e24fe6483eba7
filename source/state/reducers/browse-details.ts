import {type ErrorReport} from '../../types/error-report.js';
import {type ModelDetails} from '../../types/search.js';

/**
What the hub says of one repository.
*/
export type BrowseDetailsEntry =
	{readonly status: 'loading'}
	| {readonly status: 'ready'; readonly details: ModelDetails}
	| {readonly status: 'failed'; readonly error: ErrorReport};

/**
The oldest go when there are many.
*/
export type BrowseDetailsByRepository = ReadonlyMap<string, BrowseDetailsEntry>;

export type BrowseDetailsAction =
	{readonly type: 'browse/details-requested'; readonly repository: string}
	| {readonly type: 'browse/details-succeeded'; readonly repository: string; readonly details: ModelDetails}
	| {readonly type: 'browse/details-failed'; readonly repository: string; readonly error: ErrorReport};

const keptDetails = 200;

export function reduceBrowseDetails(details: BrowseDetailsByRepository, action: BrowseDetailsAction): BrowseDetailsByRepository {
	if (action.type === 'browse/details-requested' && details.get(action.repository)?.status === 'ready') {
		// What is known stays on the screen while it is asked for again.
		return details;
	}

	const next = new Map(details);
	next.delete(action.repository);
	switch (action.type) {
		case 'browse/details-requested': {
			next.set(action.repository, {status: 'loading'});
			break;
		}

		case 'browse/details-succeeded': {
			next.set(action.repository, {status: 'ready', details: action.details});
			break;
		}

		case 'browse/details-failed': {
			next.set(action.repository, {status: 'failed', error: action.error});
			break;
		}
	}

	const [oldest] = next.keys();
	if (next.size > keptDetails && oldest !== undefined) {
		next.delete(oldest);
	}

	return next;
}
