import {RemudaError} from './remuda-error.js';

/**
A token, a granted gate, a licence or a file permission is missing.
*/
export class AccessError extends RemudaError {
	override readonly name = 'AccessError';
	override readonly exitCode = 8;
}
