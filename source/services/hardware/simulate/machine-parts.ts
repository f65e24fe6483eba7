import {UsageError} from '../../../errors/usage-error.js';
import {sanitizeLine} from '../../../format/sanitize.js';

/**
A description of a machine, taken apart; names are not looked up yet.
*/
export type MachineParts = {
	readonly names: readonly NamedPart[];
	readonly noGpu: boolean;
	readonly memoryBytes?: number;
	readonly vramBytes?: number;
	readonly cores?: number;
	readonly threads?: number;
	/**
	For example `DDR5-5600`.
	*/
	readonly memoryKind?: string;
	readonly channels?: number;
	readonly bandwidthBytesPerSecond?: number;
};

/**
A GPU or a processor, as it was typed.
*/
export type NamedPart = {
	readonly name: string;
	readonly count: number;
	/**
	Of `RTX 3060 8 GB`.
	*/
	readonly sizeBytes?: number;
	/**
	With the size, which is a part of some names: `A100 PCIe 80 GB`.
	*/
	readonly whole: string;
};

// Memory is made in powers of two, and sold as if those were powers of ten.
const gibibyte = 2 ** 30;
const longestDescription = 500;
const mostGpus = 64;
const mostBytes = 1e15;

type Reader = readonly [pattern: RegExp, read: (groups: Readonly<Record<string, string | undefined>>) => Partial<MachineParts>];

const readers: readonly Reader[] = [
	[/^(?:none|(?:no|without(?: a)?) (?:gpu|graphics(?: card)?)|cpu(?:[ \-]only)?)$/iv, () => ({noGpu: true})],
	[/^(?<size>[\d.]+) ?(?<unit>[gt])i?b? (?:of )?vram$|^vram (?<size2>[\d.]+) ?(?<unit2>[gt])i?b?$/iv, ({size, unit, size2, unit2}) => ({vramBytes: toBytes(size ?? size2, unit ?? unit2)})],
	[/^(?<size>[\d.]+) ?(?<unit>[gt])i?b?(?: (?:of )?(?:(?:main |unified )?memory|ram))?$/iv, ({size, unit}) => ({memoryBytes: toBytes(size, unit)})],
	[/^(?<size>[\d.]+) ?(?<unit>[gt])i?b? (?:of )?(?<kind>(?:lp)?ddr\dx?)(?:[ \-]?(?<rate>\d{3,5}))?$/iv, ({size, unit, kind, rate}) => ({memoryBytes: toBytes(size, unit), ...(rate !== undefined && {memoryKind: kindOf(kind, rate)})})],
	[/^(?<count>\d{1,4}) (?:physical )?cores?$/iv, ({count}) => ({cores: Number(count)})],
	[/^(?<count>\d{1,4}) threads?$/iv, ({count}) => ({threads: Number(count)})],
	[/^(?<channels>\d{1,2}) (?:memory )?channels?$/iv, ({channels}) => ({channels: Number(channels)})],
	[/^(?<kind>(?:lp)?ddr\dx?)[ \-]?(?<rate>\d{3,5})$/iv, ({kind, rate}) => ({memoryKind: kindOf(kind, rate)})],
	[/^(?<rate>[\d.]+) ?gb\/s$/iv, ({rate}) => ({bandwidthBytesPerSecond: Number(rate) * 1e9})],
];

/**
Takes a description such as `2x RTX 3090, Ryzen 9 7950X, 64 GB, DDR5-5600` apart. Parts are divided by commas and may come in any order.
@throws UsageError `unknown_hardware` for an empty or an endless one, for numbers that no machine has, and for two parts of one kind.
*/
export function parseMachine(description: string): MachineParts {
	const texts = sanitizeLine(description).split(/[,;]|\s(?:\+|and)\s/v).map(text => text.trim().replaceAll(/\s+/gv, ' ')).filter(text => text !== '');
	if (texts.length === 0 || description.length > longestDescription) {
		throw unknownHardware('A machine needs a description, of at most 500 characters.', 'For example: RTX 4090, 64 GB');
	}

	let parts: MachineParts = {names: [], noGpu: false};
	for (const text of texts) {
		const facts = readFact(text);
		parts = facts === undefined ? {...parts, names: [...parts.names, readName(text)]} : {...parts, ...checkedFacts(facts, parts, text)};
	}

	return parts;
}

function checkedFacts(facts: Partial<MachineParts>, parts: MachineParts, text: string): Partial<MachineParts> {
	for (const [kind, value] of Object.entries(facts)) {
		if (typeof value === 'number' && !(value > 0 && value < mostBytes)) {
			throw unknownHardware(`No machine has “${text}”.`);
		}

		if (kind !== 'noGpu' && Object.hasOwn(parts, kind)) {
			throw unknownHardware(`“${text}” says again what was said before it.`, 'A plain size is main memory; that of a GPU is written behind its name or as 24 GB VRAM.');
		}
	}

	return facts;
}

/**
The error about a description that cannot be understood.
*/
export function unknownHardware(message: string, hint = 'Write for example: RTX 4090, Ryzen 9 7950X, 64 GB'): UsageError {
	return new UsageError(message, {code: 'unknown_hardware', hint});
}

function readFact(text: string): Partial<MachineParts> | undefined {
	for (const [pattern, read] of readers) {
		const groups = pattern.exec(text)?.groups;
		if (groups !== undefined || pattern.test(text)) {
			return read(groups ?? {});
		}
	}

	return undefined;
}

// `-64 GB`, `1e3GB`, `64`: whatever is meant, it is no name.
const sizeLike = /^(?:[\d+\-.e]*[gkmt]i?b|[\d+\-.e]+)$/iv;

function readName(text: string): NamedPart {
	const {count = '1', whole = text} = /^(?<count>\d{1,3}) ?[x×] ?(?<whole>\S.*)$/iv.exec(text)?.groups ?? {};
	if (Number(count) < 1 || Number(count) > mostGpus) {
		throw unknownHardware(`“${text}” is more than Remuda reckons with: 1 to ${mostGpus} of a kind.`);
	}

	if (whole.split(' ').every(word => sizeLike.test(word))) {
		throw unknownHardware(`“${text}” is no size of memory, and no name of a GPU or a processor.`);
	}

	const {name = whole, size, unit} = /^(?<name>.+?),? (?<size>\d+(?:\.\d+)?) ?(?<unit>[gt])i?b?(?: vram)?$/iv.exec(whole)?.groups ?? {};
	return {
		name, whole, count: Number(count), ...(size !== undefined && {sizeBytes: toBytes(size, unit)}),
	};
}

function kindOf(kind = '', rate = ''): string {
	return `${kind.toUpperCase().replace('X', 'x')}-${rate}`;
}

function toBytes(size: string | undefined, unit: string | undefined): number {
	return Math.round(Number(size) * gibibyte * (/t/iv.test(unit ?? '') ? 1024 : 1));
}
