import listed from './data/gpus.json' with {type: 'json'};

export type GpuSpecification = {
	readonly name: string;
	readonly vendor: string;
	readonly bandwidthGBs: number;
	readonly memoryGiB?: number;
	readonly teraflops?: number;
	readonly architecture?: string;
	readonly unifiedMemory: boolean;
	/**
	The name was not in the table: figures of the cards most like it.
	*/
	readonly assumed: boolean;
};

// eslint-disable-next-line @typescript-eslint/no-restricted-types -- JSON writes null where a figure is not known.
type Columns = [string, string[], string, number, number | null, number | null, string | null, boolean];

type Row = Omit<GpuSpecification, 'assumed'> & {readonly tokens: readonly string[]; readonly marks: string};

// A word that tells two cards of one number apart.
const variants = new Set(['mobile', 'ti', 'super', 'xt', 'xtx', 'gre', 'max', 'q', 'pro', 'ultra', 'd', 'ada', 'sxm', 'sxm2', 'sxm3', 'sxm4', 'sxm5', 'nvl', 'embedded', 'le', 'se', 'm', 's', 'h']);

// An unknown card is hardly one of these.
const longGone = /^(?:GCN|Kepler|Fermi|Maxwell|Pascal|Knights|Generation)/v;

type Table = {readonly rows: readonly Row[]; readonly byName: ReadonlyMap<string, readonly Row[]>};

let table: Table | undefined;

// Taken apart at the first question, because that takes longer than most starts of the program need it.
function tableOfGpus(): Table {
	table ??= readTable();
	return table;
}

function readTable(): Table {
	const rows = listed.gpus.flatMap(entry => {
		const [name, driverNames, vendor, bandwidthGBs, memoryGiB, teraflops, architecture, unifiedMemory] = entry as Columns;
		const specification = {
			name, vendor, bandwidthGBs, memoryGiB: memoryGiB ?? undefined, teraflops: teraflops ?? undefined, architecture: architecture ?? undefined, unifiedMemory,
		};
		return [name, ...driverNames].map((called): Row => {
			const tokens = nameTokens(called);
			return {...specification, tokens, marks: marksOf(tokens)};
		});
	});
	return {rows, byName: Map.groupBy(rows, row => row.tokens.join(' '))};
}

/**
Bandwidth, memory and compute of a GPU by the name its driver gives it. A laptop card is never taken for the desktop card of its number. Of cards of one name the one with the nearest memory is taken. An unknown name gets the figures of what is most like it, marked `assumed`; a name with nothing like it gives undefined.
*/
export function findGpu(name: string, memoryGiB?: number): GpuSpecification | undefined {
	// Some report a chip and its GPU as one: "AMD Ryzen AI Max+ 395 (Radeon 8060S)".
	const {outside = name, inside = ''} = /^(?<outside>[^\(]*)\((?<inside>[^\)]*)\)/v.exec(name.replaceAll(/\((?:r|tm|c)\)/giv, ' '))?.groups ?? {};
	for (const called of [name, `${name} PCIe`, outside, inside]) {
		const exact = tableOfGpus().byName.get(nameTokens(called).join(' '));
		if (exact !== undefined && called !== '') {
			return chosen(exact, memoryGiB, called);
		}
	}

	for (const called of [name, outside, inside]) {
		const tokens = nameTokens(called);
		// A size alone is no name.
		const sought = marksOf(tokens);
		const alike = sought !== '' && tokens.some(token => /\d/v.test(token)) ? tableOfGpus().rows.filter(({marks}) => marks === sought) : [];
		if (alike.length > 0) {
			return chosen(alike, memoryGiB, called);
		}
	}

	return guessed(name, memoryGiB);
}

function nameTokens(name: string): string[] {
	return name
		.toLowerCase()
		.replaceAll(/\((?:r|tm|c)\)/gv, ' ')
		.replaceAll(/\b(?:nvidia|amd|ati|intel|geforce|radeon|tesla|quadro|instinct|corporation|graphics|gpu|with|design|generation)\b/gv, ' ')
		.replaceAll(/\b(?:laptop|notebook)\b/gv, 'mobile')
		.replaceAll(/ ?gi?b\b/gv, 'gb ')
		.replaceAll(/[^\d+a-z]+/gv, ' ')
		.trim()
		.split(' ');
}

// The same series and number and the same variant words; memory sizes and board names may differ.
function marksOf(tokens: readonly string[]): string {
	return tokens.filter(token => (/\d/v.test(token) && !token.endsWith('gb')) || variants.has(token)).toSorted().join(' ');
}

// Of the cards the one with this much memory; if that is not known, the one of exactly this name, or else the largest.
function chosen(candidates: readonly Row[], memoryGiB: number | undefined, called: string): GpuSpecification {
	const sought = nameTokens(called).join(' ');
	const distance = (row: Row) => memoryGiB === undefined
		? (nameTokens(row.name).join(' ') === sought ? -Infinity : -(row.memoryGiB ?? 0))
		: Math.abs((row.memoryGiB ?? memoryGiB) - memoryGiB);
	return specificationOf(candidates.toSorted((a, b) => distance(a) - distance(b))[0]!, false);
}

function specificationOf({tokens: _tokens, marks: _marks, ...specification}: Row, isAssumed: boolean): GpuSpecification {
	return {...specification, assumed: isAssumed};
}

/**
The median card of the maker and the series ("RTX 50" of "RTX 5065"), or else of the maker, with about this much memory.
*/
function guessed(name: string, memoryGiB: number | undefined): GpuSpecification | undefined {
	const vendor = guessVendor(name);
	const tokens = nameTokens(name);
	const isMobile = tokens.includes('mobile');
	const series = tokens.map(token => /^(?<series>[a-z]*\d{1,2})\d{2}[a-z]*$/v.exec(token)?.groups?.series).find(match => match !== undefined);
	const ofVendor = tableOfGpus().rows.filter(row => row.vendor === vendor && row.tokens.includes('mobile') === isMobile && !longGone.test(row.architecture ?? ''));
	const pattern = new RegExp(String.raw`^${series}\d{2}[a-z]*$`, 'v');
	const ofSeries = series === undefined ? [] : ofVendor.filter(row => row.tokens.some(token => pattern.test(token)));
	const candidates = ofSeries.length > 0 ? ofSeries : ofVendor;
	const near = memoryGiB === undefined ? candidates : candidates.filter(row => Math.abs(Math.log2((row.memoryGiB ?? memoryGiB) / memoryGiB)) < 0.3);
	const sorted = (near.length > 0 ? near : candidates).toSorted((a, b) => a.bandwidthGBs - b.bandwidthGBs);
	return sorted.length === 0 ? undefined : {...specificationOf(sorted[Math.floor(sorted.length / 2)]!, true), name};
}

/**
`nvidia`, `amd`, `intel`, `apple`, or `other`.
*/
export function guessVendor(name: string): string {
	if (/nvidia|geforce|\b[gr]tx|quadro|tesla|jetson|\b[ahl]\d{2,3}s?\b/iv.test(name)) {
		return 'nvidia';
	}

	if (/amd|radeon|ryzen|\brx \d|\bmi\d{2,3}|\bgfx\d/iv.test(name)) {
		return 'amd';
	}

	if (/apple|\bm\d(?: pro| max| ultra)?$/iv.test(name)) {
		return 'apple';
	}

	return /intel|\barc\b|iris/iv.test(name) ? 'intel' : 'other';
}
