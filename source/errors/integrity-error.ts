import {RemudaError} from './remuda-error.js';

/**
A file is not what it was said to be: wrong checksum, broken, or unsafe.
*/
export class IntegrityError extends RemudaError {
	override readonly name = 'IntegrityError';
	override readonly exitCode = 5;
}
