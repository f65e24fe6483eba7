// Error figures, over all records and by kind.
import {type Case} from './fit-constants.js';

export type Prediction = {
	readonly one: Case;
	readonly predicted: number;
	readonly measured: number;
	readonly low: number;
	readonly high: number;
};

const kinds: ReadonlyArray<readonly [string, (one: Case) => boolean]> = [
	['all', () => true],
	...['nvidia', 'amd', 'apple', 'intel'].map(vendor => [`vendor ${vendor}`, ({record}: Case) => record.hardware.vendor === vendor] as const),
	['other vendors', ({record}) => !['nvidia', 'amd', 'apple', 'intel'].includes(record.hardware.vendor ?? '')],
	['dense', ({model}) => model.mixtureOfExperts !== true],
	['mixture of experts', ({model}) => model.mixtureOfExperts === true],
	['discrete GPU, whole', ({plan, resolved}) => plan.placement === 'gpu' && resolved.gpu?.unifiedMemory === false],
	['discrete GPU, dense', ({plan, model, resolved}) => plan.placement === 'gpu' && resolved.gpu?.unifiedMemory === false && model.mixtureOfExperts !== true],
	['unified memory', ({plan, resolved}) => plan.placement === 'gpu' && resolved.gpu?.unifiedMemory === true],
	['CPU only', ({plan}) => plan.placement === 'cpu'],
	['partial offload', ({plan}) => plan.placement === 'split'],
];

/**
A table: median absolute percentage error, shares within 25 % and 50 %, the same with each hardware counting once, and the share of measurements inside the band.
*/
export function reportLines(predictions: readonly Prediction[]): readonly string[] {
	return [
		`${' '.repeat(22)}     n  median   ±25 %   ±50 %  in band | by hardware:  n  median   ±25 %`,
		...kinds.flatMap(([name, isOfKind]) => {
			const members = predictions.filter(({one}) => isOfKind(one));
			return members.length === 0 ? [] : [lineOf(name, members)];
		}),
	];
}

function lineOf(name: string, members: readonly Prediction[]): string {
	const errors = members.map(member => errorOf(member));
	const machines = Map.groupBy(members, ({one}) => one.hardware).values().map(group => group.map(member => errorOf(member))).toArray();
	return [
		name.padEnd(22),
		String(members.length).padStart(6),
		percent(median(errors)),
		percent(within(errors, 0.25)),
		percent(within(errors, 0.5)),
		percent(mean(members.map(({measured, low, high}) => Number(measured >= low && measured <= high)))).padStart(9),
		' |',
		String(machines.length).padStart(16),
		percent(median(machines.map(group => median(group)))),
		percent(mean(machines.map(group => within(group, 0.25)))),
	].join('');
}

export function errorOf({predicted, measured}: Prediction): number {
	return Math.abs((predicted / measured) - 1);
}

function within(errors: readonly number[], limit: number): number {
	return mean(errors.map(error => Number(error <= limit)));
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function percent(share: number): string {
	return ` ${`${(share * 100).toFixed(1)} %`.padStart(7)}`;
}
