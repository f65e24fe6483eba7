import {RemudaError} from '../../../errors/remuda-error.js';

/**
The partial file was deleted or cut by somebody else.
*/
export function partialLost(cause?: unknown): RemudaError {
	return new RemudaError('The partial file was removed while the download was running.', {
		code: 'partial_lost',
		hint: 'Leave the folder .downloading alone while downloads run, then resume.',
		cause,
	});
}
