import {RemudaError, type RemudaErrorOptions} from './remuda-error.js';

/**
A server could not be reached, or did not answer as it should.
*/
export class NetworkError extends RemudaError {
	override readonly name = 'NetworkError';
	override readonly exitCode = 4;
	/**
	How long the server asks to wait, where it says so.
	*/
	readonly retryAfterSeconds: number | undefined;

	constructor(message: string, {retryAfterSeconds, ...options}: RemudaErrorOptions & {readonly retryAfterSeconds?: number}) {
		super(message, options);
		this.retryAfterSeconds = retryAfterSeconds;
	}
}
