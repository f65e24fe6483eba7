import {RemudaError} from './remuda-error.js';

/**
A reference, file, model or id names nothing.
*/
export class NotFoundError extends RemudaError {
	override readonly name = 'NotFoundError';
	override readonly exitCode = 3;
}
