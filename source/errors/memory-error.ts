import {RemudaError} from './remuda-error.js';

/**
A model does not fit in the memory of this machine.
*/
export class MemoryError extends RemudaError {
	override readonly name = 'MemoryError';
	override readonly exitCode = 7;
}
