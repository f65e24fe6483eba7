import {RemudaError} from './remuda-error.js';

/**
A volume has no room for what is to be written.
*/
export class NoSpaceError extends RemudaError {
	override readonly name = 'NoSpaceError';
	override readonly exitCode = 6;
}
