import {NotFoundError} from '../errors/not-found-error.js';
import {RemudaError} from '../errors/remuda-error.js';
import {UsageError} from '../errors/usage-error.js';
import {sanitizeLine} from '../format/sanitize.js';
import {formatModelReference} from '../services/references/format-model-reference.js';
import {parseModelReference} from '../services/references/parse-model-reference.js';
import {type Download} from '../types/download.js';
import {suggest} from './suggest.js';

// A hint is read, not searched.
const mostListed = 8;

/**
The download that an id (its own, or its model's) or a model reference names. A repository alone names its only download.
@throws NotFoundError `download_not_found`, UsageError `ambiguous_reference`, both with the candidates.
*/
export function findDownload(downloads: readonly Download[], text: string): Download {
	const wanted = text.toLowerCase();
	const exact = downloads.find(({id, request}) => [id, request.modelId, request.ref].includes(text))
		?? downloads.find(({id, request}) => [id, request.modelId, request.ref].some(name => name.toLowerCase() === wanted));
	if (exact !== undefined) {
		return exact;
	}

	const [match, ...others] = byReference(downloads, text);
	if (match === undefined) {
		throw notFound(downloads, text);
	}

	if (others.length > 0) {
		throw new UsageError(`“${shorten(text)}” names ${others.length + 1} downloads.`, {
			code: 'ambiguous_reference',
			hint: `Name one of them: ${[match, ...others].map(({request}) => request.modelId).join(', ')}.`,
		});
	}

	return match;
}

function byReference(downloads: readonly Download[], text: string): readonly Download[] {
	const canonical = canonicalOf(text);
	if (canonical === undefined) {
		return [];
	}

	const isRepository = /^hf:[^:@]*$/v.test(canonical) && canonical.split('/').length === 2;
	return downloads.filter(({request}) => request.ref.toLowerCase() === canonical
		|| (isRepository && `hf:${request.repository.toLowerCase()}` === canonical));
}

/**
The reference as it is written in records; undefined for what is none.
*/
function canonicalOf(text: string): string | undefined {
	try {
		return formatModelReference(parseModelReference(text)).toLowerCase();
	} catch (error) {
		if (error instanceof RemudaError) {
			return undefined;
		}

		throw error;
	}
}

function notFound(downloads: readonly Download[], text: string): NotFoundError {
	const ids = downloads.map(({request}) => request.modelId);
	const closest = suggest(text, [...ids, ...downloads.map(({request}) => request.ref)]);
	const listed = `The queue has ${ids.slice(0, mostListed).join(', ')}${ids.length > mostListed ? ` and ${ids.length - mostListed} more` : ''}.`;
	return new NotFoundError(`There is no download “${shorten(text)}”.`, {
		code: 'download_not_found',
		hint: ids.length === 0 ? 'The queue is empty.' : [...(closest === undefined ? [] : [`Did you mean ${closest}?`]), listed].join(' '),
	});
}

function shorten(text: string): string {
	return sanitizeLine(text.slice(0, 200)).slice(0, 80);
}
