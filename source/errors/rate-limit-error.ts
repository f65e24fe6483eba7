import {RemudaError, type RemudaErrorOptions} from './remuda-error.js';

/**
A budget or a server's rate limit is used up.
*/
export class RateLimitError extends RemudaError {
	override readonly name = 'RateLimitError';
	override readonly exitCode = 9;
	/**
	How long the server asks to wait, where it says so.
	*/
	readonly retryAfterSeconds: number | undefined;

	constructor(message: string, {retryAfterSeconds, ...options}: RemudaErrorOptions & {readonly retryAfterSeconds?: number}) {
		super(message, options);
		this.retryAfterSeconds = retryAfterSeconds;
	}
}
