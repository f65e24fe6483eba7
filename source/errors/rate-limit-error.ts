import {RemudaError} from './remuda-error.js';

/**
A budget or a server's rate limit is used up.
*/
export class RateLimitError extends RemudaError {
	override readonly name = 'RateLimitError';
	override readonly exitCode = 9;
}
