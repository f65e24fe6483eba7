import {RemudaError} from './remuda-error.js';

/**
A server could not be reached, or did not answer as it should.
*/
export class NetworkError extends RemudaError {
	override readonly name = 'NetworkError';
	override readonly exitCode = 4;
}
