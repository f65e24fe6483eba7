// Which records the constants of the estimator were fitted to.
import {createHash} from 'node:crypto';
import fitted from './fitted-records.json' with {type: 'json'};
import {hardwareOf, type MeasuredRecord} from './records.js';

const known = new Set(fitted.hashes);

/**
Records of the last fit; whatever they are called, the same measurement of the same model on the same hardware is the same record.
*/
export function countFitted(records: readonly MeasuredRecord[]): number {
	return records.filter(record => known.has(hashOf(record))).length;
}

/**
Short, because a few among many by chance would not matter.
*/
export function hashOf(record: MeasuredRecord): string {
	const {model, quant, depthTokens, generationTokensPerSecond} = record;
	return createHash('sha256').update(JSON.stringify([hardwareOf(record), model.name, quant, depthTokens, generationTokensPerSecond])).digest('hex').slice(0, 8);
}
