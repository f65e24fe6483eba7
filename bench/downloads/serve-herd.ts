// A hub with many models, as the tests have it, in a process of its own. Usage: serve-herd.ts COUNT SIZE [BYTES_PER_SECOND_AND_CONNECTION]
import process from 'node:process';
import {generateGguf} from '../../test/helpers/hub/generate-file.js';
import {startHub} from '../../test/helpers/hub/start-hub.js';

const [count = 8, sizeBytes = 0, rate = 0] = process.argv.slice(2).map(Number);
const hub = await startHub({
	repositories: Array.from({length: count}, (_, index) => ({
		id: `bench/herd-${index}-GGUF`,
		files: {[`herd-${index}-Q8_0.gguf`]: generateGguf({sizeBytes, seed: index + 1})},
	})),
	...(rate > 0 && {connectionBytesPerSecond: rate}),
});
process.send?.({hubUrl: hub.url});
process.once('disconnect', () => {
	process.exit();
});
