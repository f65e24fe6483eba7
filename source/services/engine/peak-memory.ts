import {memoryResultSchema} from './protocol.js';
import {peakResidentBytes} from './process-tree.js';
import {type Host} from './start-host.js';

/**
Highest resident bytes of a host: from the system where it tells (Linux), else as the host itself says.
*/
export async function peakMemoryOf(host: Host | undefined): Promise<number | undefined> {
	if (!host) {
		return undefined;
	}

	const bytes = await peakResidentBytes(host.processId);
	if (bytes !== undefined) {
		return bytes;
	}

	try {
		const {peakBytes} = await host.link.request({type: 'memory'}, {result: memoryResultSchema}).result;
		return peakBytes;
	} catch {
		return undefined;
	}
}
