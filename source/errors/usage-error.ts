import {RemudaError} from './remuda-error.js';

/**
The command, the key or a setting was used wrongly.
*/
export class UsageError extends RemudaError {
	override readonly name = 'UsageError';
	override readonly exitCode = 2;
}
