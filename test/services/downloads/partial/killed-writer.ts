// A process that fetches a file over and over until it is killed: ranges in any order, several at once, forgotten and begun again. Argument: FOLDER
import process from 'node:process';
import {promisify} from 'node:util';
import {createHasher} from '../../../../source/services/downloads/hash/create-hasher.js';
import {PartialFile} from '../../../../source/services/downloads/partial/partial-file.js';
import {inSequence} from '../../../helpers/in-sequence.js';
import {
	identify,
	killedSize,
	never,
	noise,
} from './scene.js';

const content = noise(killedSize);
const identity = identify(content);
const tell = promisify(process.send!.bind(process) as (message: unknown, callback: (error: Error | undefined) => void) => void);
const file = await PartialFile.open({
	folder: process.argv[2]!,
	index: 0,
	identity,
	// As often as the disk can.
	journalAge: 0,
	hasher: createHasher(),
	lost: never,
	onProgress: () => undefined,
});

async function fetchSome(start: number, server: string): Promise<void> {
	const writer = file.openWriter(start, server);
	const end = Math.min(content.length, start + Math.ceil(Math.random() * 3_000_000));
	while (writer.position < end) {
		const length = Math.ceil(Math.random() * 100_000);
		// eslint-disable-next-line no-await-in-loop -- piece by piece, as from a network
		await writer.write(content.subarray(writer.position, Math.min(end, writer.position + length)));
		// eslint-disable-next-line no-await-in-loop -- the same
		await (Math.random() < 0.2 ? writer.flush() : undefined);
	}

	await writer.flush();
	await tell({written: file.written});
}

for await (const round of inSequence(Array.from({length: 1_000_000}).keys())) {
	const {missing} = file;
	if (missing.length > 0) {
		// Somewhere, and at the first gap, so that it gets done; they overlap.
		const starts = [missing[0]!.start, ...Array.from({length: 3}, () => Math.floor(Math.random() * content.length))];
		await Promise.all(starts.map(async (start, index) => fetchSome(start, `server ${index}`)));
		continue;
	}

	const {sha256} = await file.finish({signal: never});
	if (sha256 !== identity.sha256) {
		throw new Error('The file has the wrong bytes.');
	}

	// What is about to be thrown away is not promised any more.
	await tell({written: []});
	await (round % 2 === 0 ? file.restart() : file.forgetOf(server => server !== 'server 0'));
}
