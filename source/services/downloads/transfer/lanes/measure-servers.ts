import {type Abortable} from '../../../../types/abortable.js';
import {totalBytes, type ByteRange} from '../../partial/byte-ranges.js';
import {type PartialFile} from '../../partial/partial-file.js';
import {isTransient} from '../retry.js';
import {type FileServer} from '../servers/file-server.js';
import {type FileServers} from '../servers/file-servers.js';
import {firstOf} from '../servers/first-of.js';

const sampleBytes = 1_048_576;
// For less than this from each server it does not matter which is the fastest.
const leastMeasured = 8_388_608;

/**
Lets servers race for a mebibyte each, which the file needs anyway; prefers the winner from then on, and leaves those that failed. Does nothing where there is nothing to measure, or nobody came to the end.
*/
export async function measureServers(servers: FileServers, {missing, identity}: Pick<PartialFile, 'missing' | 'identity'>, {fetchSample, onWinner, signal}: Abortable & {
	readonly fetchSample: (server: FileServer, range: ByteRange, options: Abortable) => Promise<void>;
	readonly onWinner: (server: FileServer) => void;
}): Promise<void> {
	const contenders = servers.contenders(identity);
	const samples = samplesOf(missing, contenders.length);
	if (contenders.length * leastMeasured > totalBytes(missing) || samples.length < contenders.length) {
		return;
	}

	const {winner, failures} = await firstOf(contenders, async (server, options) => fetchSample(server, samples[contenders.indexOf(server)]!, options), {signal});
	if (winner === undefined) {
		return;
	}

	servers.prefer(winner);
	for (const [server, error] of failures) {
		servers.leave(server, {isForGood: !isTransient(error)});
	}

	onWinner(winner);
}

/**
The first mebibytes that are missing.
*/
function samplesOf(missing: readonly ByteRange[], count: number): readonly ByteRange[] {
	const samples: ByteRange[] = [];
	for (const {start, end} of missing) {
		for (let position = start; position + sampleBytes <= end && samples.length < count; position += sampleBytes) {
			samples.push({start: position, end: position + sampleBytes});
		}
	}

	return samples;
}
