import {type KvCacheType} from '../../source/types/load-plan.js';
import {type FitSample} from '../../test/helpers/measure-fit.js';

export type FitRow = {
	readonly name: string;
	readonly sizeBytes: number;
	readonly samples: ReadonlyArray<FitSample & {readonly contextSize: number; readonly kvCacheType: KvCacheType; readonly memoryMap: boolean}>;
};

/**
Where and when, in one line; a table with a line for each model: estimate, measured use and error in each column; and what the errors come to.
*/
export function formatReport(rows: readonly FitRow[], circumstances: string): string {
	const columns = rows[0]?.samples.map(({contextSize, kvCacheType, memoryMap}) => `${contextSize} ${kvCacheType}${memoryMap ? '' : ', not mapped'}`) ?? [];
	const table = [
		['model', 'MB', ...columns],
		['---', '---:', ...columns.map(() => '---:')],
		...rows.map(({name, sizeBytes, samples}) => [name, megabytes(sizeBytes), ...samples.map(sample => `${megabytes(sample.estimatedBytes)} / ${megabytes(sample.measuredBytes)} **${percent(errorOf(sample))}**`)]),
	].map(cells => `| ${cells.join(' | ')} |`);
	const all = rows.flatMap(({samples}) => samples);
	return [
		circumstances,
		'',
		...table,
		'',
		...table.length > 2
			? [
				`- ${all.length} loads, need against use: ${summary(all.map(sample => errorOf(sample)))}.`,
				`- With the pages that can be given back, against all that the process shows (RSS): ${summary(all.map(({estimatedResidentBytes, residentBytes}) => (estimatedResidentBytes / residentBytes) - 1))}.`,
			]
			: [],
	].join('\n');
}

function errorOf({estimatedBytes, measuredBytes}: FitSample): number {
	return (estimatedBytes / measuredBytes) - 1;
}

function summary(errors: readonly number[]): string {
	const sizes = errors.map(error => Math.abs(error)).toSorted((a, b) => a - b);
	const under = errors.filter(error => error < 0);
	return `median error ${percentSize(sizes[Math.floor(sizes.length / 2)] ?? 0)}, worst ${percentSize(sizes.at(-1) ?? 0)}; ${under.length} too low, the worst by ${percentSize(Math.abs(Math.min(0, ...under)))}`;
}

function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(0);
}

function percent(share: number): string {
	return `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)} %`;
}

function percentSize(share: number): string {
	return `${(share * 100).toFixed(1)} %`;
}
