import {z} from 'zod';
import {AccessError} from '../../errors/access-error.js';
import {NetworkError} from '../../errors/network-error.js';
import {NotFoundError} from '../../errors/not-found-error.js';
import {RateLimitError} from '../../errors/rate-limit-error.js';
import {type RemudaError} from '../../errors/remuda-error.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {retryAfterSeconds} from './retry-after.js';

/**
What a request to the hub was about.
*/
export type HubSubject = {
	readonly repository?: string;
	readonly revision?: string;
	readonly filePath?: string;
};

export type BadReply = {
	readonly endpoint: URL;
	readonly subject: HubSubject;
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	/**
	The beginning of the body.
	*/
	readonly text: string;
	/**
	The user's token, if it was sent; the hub may repeat it in its answer.
	*/
	readonly token: string | undefined;
};

/**
The error that a bad status of the hub means, with what the user can do about it.

The codes: `gated_repository`, `invalid_token`, `access_denied` (AccessError); `repository_not_found`, `revision_not_found`, `file_not_found` (NotFoundError); `rate_limited` (RateLimitError); `server_error`, `unexpected_reply` (NetworkError).
*/
export function toHubError(reply: BadReply): RemudaError {
	const {status, headers, endpoint} = reply;
	if (status === 401 || status === 403) {
		return toAccessError(reply);
	}

	if (status === 404 || status === 410) {
		return toNotFoundError(reply);
	}

	const seconds = retryAfterSeconds(headers, Date.now());
	if (status === 429) {
		return new RateLimitError(`${endpoint.host} asks to wait${seconds === undefined ? '' : ` ${seconds} s`}: too many requests.`, {
			code: 'rate_limited',
			hint: reply.token === undefined ? 'Wait, then try again; with a token (HF_TOKEN) the limit is higher.' : 'Wait, then try again.',
			retryAfterSeconds: seconds,
		});
	}

	const isTransient = status >= 500 || status === 408;
	return new NetworkError(`${endpoint.host} answered with status ${status}${quote(reply)}.`, {
		code: isTransient ? 'server_error' : 'unexpected_reply',
		hint: isTransient ? 'Try again later.' : undefined,
		retryAfterSeconds: seconds,
	});
}

function toAccessError(reply: BadReply): AccessError {
	const {status, headers, endpoint, subject, token} = reply;
	const hasToken = token !== undefined;
	const repository = sanitizeLine(subject.repository ?? endpoint.host);
	const page = `${endpoint.href}${subject.repository ?? ''}`;
	if (headers['x-error-code'] === 'GatedRepo') {
		return toGateError(reply, repository, page);
	}

	if (status === 401 && hasToken) {
		return new AccessError(`${endpoint.host} does not accept your token${quote(reply)}.`, {
			code: 'invalid_token',
			hint: 'Make a new one in your settings on the hub, then log in (hf auth login) or set HF_TOKEN.',
		});
	}

	if (status === 401) {
		return new AccessError(`${repository} does not exist, or it is private.`, {
			code: 'access_denied',
			hint: 'Check the name. For a private repository log in (hf auth login) or set HF_TOKEN.',
		});
	}

	return new AccessError(`${endpoint.host} denies access to ${repository}${quote(reply)}.`, {
		code: 'access_denied',
		hint: hasToken ? `See ${page}.` : `See ${page}; if it is private, log in (hf auth login) or set HF_TOKEN.`,
	});
}

/**
A gate has three sides: not logged in, not asked for access (or with a token that may not), and asked but not granted yet.
*/
function toGateError(reply: BadReply, repository: string, page: string): AccessError {
	const code = 'gated_repository';
	if (reply.token === undefined) {
		return new AccessError(`${repository} is gated: it asks for a login and for its licence to be accepted.`, {
			code,
			hint: `Accept the licence at ${page}, then log in (hf auth login) or set HF_TOKEN.`,
		});
	}

	return /awaiting a review/iv.test(quote(reply))
		? new AccessError(`${repository} is gated, and your request for access waits for its authors.`, {
			code,
			hint: `Wait for the approval, then try again. See ${page}.`,
		})
		: new AccessError(`${repository} is gated, and your account has not been granted access.`, {
			code,
			hint: `Accept the licence at ${page}, or wait for the approval if you asked for it. A fine-grained token must also be allowed to read gated repositories.`,
		});
}

function toNotFoundError({headers, endpoint, subject}: BadReply): NotFoundError {
	const repository = sanitizeLine(subject.repository ?? endpoint.host);
	const code = headers['x-error-code'];
	if (code === 'RevisionNotFound') {
		return new NotFoundError(`${repository} has no revision ${sanitizeLine(subject.revision ?? 'main')}.`, {code: 'revision_not_found', hint: 'Leave the revision away for the newest.'});
	}

	return code === 'RepoNotFound' || subject.filePath === undefined
		? new NotFoundError(`There is no repository ${repository} on ${endpoint.host}.`, {
			code: 'repository_not_found',
			hint: 'Check the name, or look for it: remuda search NAME',
		})
		: new NotFoundError(`${repository} has no file ${sanitizeLine(subject.filePath)}.`, {
			code: 'file_not_found',
			hint: `See what it has: remuda info hf:${repository}`,
		});
}

/**
The server's own words, on one line and bounded, without the token: the header that Hugging Face sends, or `error` of a JSON body.
*/
function quote({headers, text, token}: BadReply): string {
	const line = sanitizeLine(headers['x-error-message'] ?? errorOf(text) ?? '');
	const words = (token === undefined ? line : line.replaceAll(token, '[token]')).slice(0, 300).replace(/\.$/v, '');
	return words === '' ? '' : ` (${words})`;
}

const errorBody = z.object({error: z.string()});

function errorOf(text: string): string | undefined {
	try {
		return errorBody.safeParse(JSON.parse(text)).data?.error;
	} catch {
		// Not JSON, for example a page of HTML: not words for a person.
		return undefined;
	}
}
