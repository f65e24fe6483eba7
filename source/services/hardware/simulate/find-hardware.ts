import {nearest} from '../../../format/nearest.js';
import {describeCpu, type CpuSpecification} from '../speed/cpu-specifications.js';
import cpuTable from '../speed/data/cpus.json' with {type: 'json'};
import gpuTable from '../speed/data/gpus.json' with {type: 'json'};
import {findGpu, type GpuSpecification} from '../speed/gpu-specifications.js';
import {unknownHardware, type NamedPart} from './machine-parts.js';

const gibibyte = 2 ** 30;
const cpuWords = /ryzen|threadripper|epyc|xeon|\bcore\b|celeron|pentium|\bi[3579]\b|\bultra [3579]\b|graviton|ampere ?(?:one|altra)|snapdragon|raspberry|rk3588|\bgrace\b/iv;
const graphicsWords = /radeon|geforce|\b[gr]tx\b|\barc\b|iris|graphics|\bgpu\b/iv;
const graphicsInside = / (?:w\/|with) ?radeon.*$/iv;
const appleChip = /^(?:apple )?(?<chip>m\d{1,2}(?: (?:pro|max|ultra))?)(?: ?\(?(?<cores>\d{1,3})[ \-]core(?: gpu)?\)?)?$/iv;

/**
What a name means.
*/
export type FoundHardware = {
	readonly gpu?: GpuSpecification & {readonly cores?: number};
	/**
	A chip that is both, such as Apple's, has both.
	*/
	readonly cpu?: CpuSpecification;
};

/**
Looks a typed name up in the tables of GPUs and processors; only names that are in there count.
@throws UsageError `unknown_hardware` that lists the nearest names.
*/
export function findHardware(part: NamedPart): FoundHardware {
	const found = lookUp(part);
	if (found === undefined) {
		throw notKnown(part.name);
	}

	return found;
}

/**
Whether `findHardware` finds it.
*/
export function isKnownHardware(name: string): boolean {
	return lookUp({name, whole: name}) !== undefined;
}

type TypedName = Pick<NamedPart, 'name' | 'whole' | 'sizeBytes'>;

function lookUp(part: TypedName): FoundHardware | undefined {
	const apple = appleChip.exec(part.name)?.groups;
	if (apple !== undefined) {
		return findApple(apple);
	}

	// AMD names the graphics in its processors' names.
	const isProcessor = cpuWords.test(part.name) && !graphicsWords.test(part.name.replace(graphicsInside, ''));
	const cpu = isProcessor || !graphicsWords.test(part.name) ? findCpu(part.name.replace(graphicsInside, '')) : undefined;
	const gpu = findExact(part);
	if (gpu !== undefined && (!isProcessor || (gpu.unifiedMemory && !graphicsInside.test(part.name)))) {
		return {gpu, ...(gpu.unifiedMemory && cpu !== undefined && {cpu})};
	}

	return cpu === undefined ? undefined : {cpu};
}

/**
Whether a laptop has another card of this name.
*/
export function hasMobileSibling({name}: GpuSpecification): boolean {
	return !/mobile|laptop|max-q/iv.test(name) && findGpu(`${name} Laptop GPU`)?.assumed === false;
}

function findApple({chip = '', cores}: Readonly<Record<string, string | undefined>>): FoundHardware | undefined {
	const name = `Apple ${chip.replaceAll(/\b[a-z]/giv, letter => letter.toUpperCase())}`;
	const gpu = findGpu(cores === undefined ? name : `${name} (${cores}-core GPU)`);
	const cpu = describeCpu({name});
	return gpu === undefined || gpu.assumed || cpu.assumed ? undefined : {gpu: {...gpu, name, ...(cores !== undefined && {cores: Number(cores)})}, cpu};
}

function findExact({name, whole, sizeBytes}: TypedName): GpuSpecification | undefined {
	const memoryGiB = sizeBytes === undefined ? undefined : sizeBytes / gibibyte;
	return [name, whole].map(called => findGpu(called, memoryGiB)).find(found => found?.assumed === false);
}

function findCpu(name: string): CpuSpecification | undefined {
	const found = describeCpu({name});
	return found.assumed || !/\d/v.test(name) ? undefined : found;
}

function notKnown(name: string): Error {
	const candidates = nearestNames(name);
	return unknownHardware(
		`“${name}” is in no table of GPUs and processors.`,
		candidates.length === 0 ? undefined : `Nearest are: ${candidates.join(', ')}.`,
	);
}

// Those that share most words and numbers with it, and the one that is most alike letter for letter.
function nearestNames(name: string): readonly string[] {
	const sought = wordsOf(name);
	const names = gpuTable.gpus.map(([called]) => called as string);
	const scored = names
		.map(called => ({called, score: scoreOf(sought, wordsOf(called))}))
		.filter(({score}) => score > 0)
		.toSorted((a, b) => b.score - a.score);
	const alike = nearest(name, [...names, ...cpuTable.cpus.map(([pattern]) => String(pattern)).filter(pattern => /^[\d a-z]+$/v.test(pattern))]);
	return [...new Set([...(alike === undefined ? [] : [alike]), ...scored.slice(0, 5).map(({called}) => called)])].slice(0, 5);
}

function wordsOf(text: string): readonly string[] {
	return text.toLowerCase().match(/[a-z]+|\d+/gv) ?? [];
}

// A number that begins alike counts half, for 4095 is most like 4090.
function scoreOf(sought: readonly string[], words: readonly string[]): number {
	return sought.reduce((sum, word) => sum + (words.includes(word) ? 2 : (/^\d{3,}$/v.test(word) && words.some(other => other.slice(0, 3) === word.slice(0, 3)) ? 1 : 0)), 0) / (words.length + 4);
}
