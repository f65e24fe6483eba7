/**
Measures downloads against named peers: `node --import tsx bench/downloads/run.ts [stream|capped|many|memory|keys]… [--pairs 5]`.
See README.md beside this file.
*/
import {parseArgs} from 'node:util';
import {formatBytes} from '../../source/format/bytes.js';
import {measureKeysWhileDownloading} from './keys.js';
import {measureMemory} from './memory.js';
import {runPairs} from './run-pairs.js';
import {withServer} from './servers.js';
import {download, shell} from './sides.js';

const {values, positionals} = parseArgs({
	allowPositionals: true,
	options: {
		pairs: {type: 'string', default: '5'},
		size: {type: 'string'},
	},
});
const pairs = Number(values.pairs);
const sizeOr = (usual: number) => Number(values.size ?? usual);

const curlAndHash = 'curl --silent --fail --output "$1" "$2"; openssl dgst -sha256 -r "$1" | grep --quiet "^$3"';
const ariaWithHash = 'aria2c --quiet -x8 -s8 --checksum="sha-256=$3" --dir="$1" --out=model.gguf "$2"';
const curls = 'folder="$1"; shift; number=0; for url; do curl --silent --fail --output "$folder/$number" "$url" & number=$((number + 1)); done; wait';
const curlsAndHash = `${curls}; cd "$folder"; for file in *; do openssl dgst -sha256 -r "$file" & done; wait`;

const measurements: Readonly<Record<string, () => Promise<void>>> = {
	async stream() {
		const sizeBytes = sizeOr(1_000_000_000);
		await withServer({sizeBytes}, async served => runPairs({
			title: `One stream of ${formatBytes(sizeBytes)} with its SHA-256`,
			bytes: sizeBytes,
			peer: 'curl, then openssl',
			ours: async folder => download(folder, served, {count: 1, connections: 1}),
			theirs: async folder => shell(curlAndHash, [`${folder}/model.gguf`, served.fileUrls[0]!, served.sha256]),
		}, pairs));
	},
	async capped() {
		const sizeBytes = sizeOr(1_000_000_000);
		await withServer({sizeBytes, bytesPerSecond: 20_000_000}, async served => runPairs({
			title: `${formatBytes(sizeBytes)} from a server that gives 20 MB/s to a connection, 8 connections`,
			bytes: sizeBytes,
			peer: 'aria2c -x8 -s8, checksum',
			ours: async folder => download(folder, served, {count: 1, connections: 8}),
			theirs: async folder => shell(ariaWithHash, [folder, served.fileUrls[0]!, served.sha256]),
		}, pairs));
	},
	async many() {
		const sizeBytes = sizeOr(256_000_000);
		const count = 8;
		await withServer({sizeBytes, count}, async served => {
			for (const [peer, script] of [['8 curls, no hash', curls], ['8 curls, then 8 openssl', curlsAndHash]] as const) {
				// eslint-disable-next-line no-await-in-loop -- one after the other
				await runPairs({
					title: `${count} files of ${formatBytes(sizeBytes)} at once`,
					bytes: sizeBytes * count,
					peer,
					ours: async folder => download(folder, served, {count, connections: 1}),
					theirs: async folder => shell(script, [folder, ...served.fileUrls]),
				}, pairs);
			}
		});
	},
	async memory() {
		await measureMemory({count: 8, connections: 8, sizeBytes: sizeOr(256_000_000)});
	},
	async keys() {
		await measureKeysWhileDownloading({
			count: 8, connections: 8, sizeBytes: sizeOr(1_000_000_000), bytesPerSecond: 1_000_000,
		}, 200);
	},
};

for (const kind of positionals.length > 0 ? positionals : Object.keys(measurements)) {
	const measure = measurements[kind];
	if (!measure) {
		throw new Error(`No such measurement: ${kind}. There are ${Object.keys(measurements).join(', ')}.`);
	}

	await measure(); // eslint-disable-line no-await-in-loop -- one after the other: they must not disturb each other
}
