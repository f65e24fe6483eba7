import {RemudaError} from './remuda-error.js';

/**
The user stopped it.
*/
export class InterruptedError extends RemudaError {
	override readonly name = 'InterruptedError';
	override readonly exitCode = 130;

	constructor(message = 'Interrupted.') {
		super(message, {code: 'interrupted'});
	}
}
