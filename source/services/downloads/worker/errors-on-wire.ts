import {AccessError} from '../../../errors/access-error.js';
import {IntegrityError} from '../../../errors/integrity-error.js';
import {InterruptedError} from '../../../errors/interrupted-error.js';
import {MemoryError} from '../../../errors/memory-error.js';
import {NetworkError} from '../../../errors/network-error.js';
import {NoSpaceError} from '../../../errors/no-space-error.js';
import {NotFoundError} from '../../../errors/not-found-error.js';
import {RateLimitError} from '../../../errors/rate-limit-error.js';
import {RemudaError} from '../../../errors/remuda-error.js';
import {UsageError} from '../../../errors/usage-error.js';
import {type ErrorReport} from '../../../types/error-report.js';

/**
The error that another process reported, of the same class: the exit code tells which.
*/
export function toError({message, exitCode, ...options}: ErrorReport): RemudaError {
	switch (exitCode) {
		case 2: {
			return new UsageError(message, options);
		}

		case 3: {
			return new NotFoundError(message, options);
		}

		case 4: {
			return new NetworkError(message, options);
		}

		case 5: {
			return new IntegrityError(message, options);
		}

		case 6: {
			return new NoSpaceError(message, options);
		}

		case 7: {
			return new MemoryError(message, options);
		}

		case 8: {
			return new AccessError(message, options);
		}

		case 9: {
			return new RateLimitError(message, options);
		}

		case 130: {
			return new InterruptedError(message);
		}

		case undefined:
		default: {
			return new RemudaError(message, options);
		}
	}
}
