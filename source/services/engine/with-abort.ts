import {type Abortable} from '../../types/abortable.js';
import {type HostJob} from './host-link.js';
import {type Host} from './start-host.js';

const abortLimitMs = 3000;

/**
The result of a job that may be aborted. A host that does not end an aborted job within 3 s is ended itself.
@returns Undefined if it had to be.
*/
export async function withAbort<Result>(job: HostJob<Result>, {host, signal}: Abortable & {readonly host: Host}): Promise<Result | undefined> {
	let timer: NodeJS.Timeout | undefined;
	let isEnded = false;
	const onAbort = () => {
		job.abort();
		timer = setTimeout(() => {
			isEnded = true;
			void host.kill('it did not stop');
		}, abortLimitMs);
	};

	signal.addEventListener('abort', onAbort);
	if (signal.aborted) {
		onAbort();
	}

	try {
		return await job.result;
	} catch (error) {
		if (isEnded) {
			return undefined;
		}

		throw error;
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', onAbort);
	}
}
