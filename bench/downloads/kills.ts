// Kills the downloads worker at random moments, round after round: node --import tsx bench/downloads/kills.ts [ROUNDS] [SEED]
import process from 'node:process';
import {killRound} from '../../test/e2e/kill-round.js';
import {createRandom} from '../../test/helpers/random.js';
import {median} from '../terminal/statistics.js';

const rounds = Number(process.argv[2] ?? 200);
const random = createRandom(Number(process.argv[3] ?? 1));
const ratios: number[] = [];
let sizeBytes = 0;
let sentBytes = 0;
for (let round = 1; round <= rounds; round++) {
	const kill = {
		count: 1 + Math.floor(random() * 4), sizeBytes: 20_000_000 + Math.floor(random() * 60_000_000), bytesPerSecond: 50_000_000, moments: [random() * 1.1],
	};
	// eslint-disable-next-line no-await-in-loop -- one round after the other
	const ratio = await killRound(kill);
	ratios.push(ratio);
	sizeBytes += kill.count * kill.sizeBytes;
	sentBytes += kill.count * kill.sizeBytes * ratio;
	console.log(`${round}/${rounds}: ${kill.count} × ${(kill.sizeBytes / 1e6).toFixed(0)} MB, killed at ${(kill.moments[0]! * 100).toFixed(0)} %: ${ratio.toFixed(4)} × the size was sent`);
}

console.log(`All right; sent in total ${(sentBytes / sizeBytes).toFixed(4)} × the size, goal at most 1.05 ×; of the rounds: median ${median(ratios).toFixed(4)} ×, most ${Math.max(...ratios).toFixed(4)} ×`);
