// Kills the downloads worker at random moments, round after round: node --import tsx bench/downloads/kills.ts [ROUNDS] [SEED]
import process from 'node:process';
import {killRound} from '../../test/e2e/kill-round.js';
import {createRandom} from '../../test/helpers/random.js';
import {median} from '../terminal/statistics.js';

const rounds = Number(process.argv[2] ?? 200);
const random = createRandom(Number(process.argv[3] ?? 1));
const ratios: number[] = [];
for (let round = 1; round <= rounds; round++) {
	const kill = {
		count: 1 + Math.floor(random() * 4), sizeBytes: 20_000_000 + Math.floor(random() * 60_000_000), bytesPerSecond: 50_000_000, moments: [random() * 1.1],
	};
	// eslint-disable-next-line no-await-in-loop -- one round after the other
	ratios.push(await killRound(kill));
	console.log(`${round}/${rounds}: ${kill.count} × ${(kill.sizeBytes / 1e6).toFixed(0)} MB, killed at ${(kill.moments[0]! * 100).toFixed(0)} %: ${ratios.at(-1)!.toFixed(4)} × the size was sent`);
}

console.log(`All right; sent: median ${median(ratios).toFixed(4)} ×, most ${Math.max(...ratios).toFixed(4)} ×, goal at most 1.05 ×`);
