import {type KvCacheType} from '../../source/types/load-plan.js';
import {type FitSample} from '../../test/helpers/measure-fit.js';

type Load = {readonly contextSize: number; readonly kvCacheType: KvCacheType; readonly memoryMap: boolean};

export type FitRow = {
	readonly name: string;
	readonly sizeBytes: number;
	/**
	One for each load that the model allows.
	*/
	readonly samples: ReadonlyArray<FitSample & Load>;
};

/**
Where and when, in one line; a table with a line for each model: estimate, measured use and error in each column; and what the errors come to.
*/
export function formatReport(rows: readonly FitRow[], circumstances: string): string {
	const columns = [...new Set(rows.flatMap(({samples}) => samples.map(sample => nameOf(sample))))];
	const table = [
		['model', 'MB', ...columns],
		['---', '---:', ...columns.map(() => '---:')],
		...rows.map(({name, sizeBytes, samples}) => [name, megabytes(sizeBytes), ...columns.map(column => cell(samples.find(sample => nameOf(sample) === column)))]),
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

function nameOf({contextSize, kvCacheType, memoryMap}: Load): string {
	return `${contextSize} ${kvCacheType}${memoryMap ? '' : ', not mapped'}`;
}

function cell(sample: FitSample | undefined): string {
	return sample === undefined ? '–' : `${megabytes(sample.estimatedBytes)} / ${megabytes(sample.measuredBytes)} **${percent(errorOf(sample))}**`;
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
