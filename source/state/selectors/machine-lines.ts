import {formatBytes, formatRate} from '../../format/bytes.js';
import {cellWidth, fitCells} from '../../format/cells.js';
import {progressBar} from '../../format/progress-bar.js';
import {sparkline} from '../../format/sparkline.js';
import {wrapCells} from '../../format/wrap.js';
import {
	type DiskReport,
	type GpuReport,
	type HardwareMeters,
	type HardwareReport,
	type MemoryReport,
	type Virtualization,
} from '../../types/hardware.js';
import {type HardwareState, type JudgedMachine} from '../reducers/hardware.js';
import {shownMachine} from './hardware.js';
import {memoize} from './memoize.js';
import {type StyledLine, type StyledSpan} from './styled-lines.js';

export type MachineSpace = {
	readonly width: number;
	/**
	The most telling of it, where the list below needs the room.
	*/
	readonly isBrief: boolean;
};

/**
The machine, as many rows as it takes: what it is, and a bar of how much of it is in use; no bars of one that was only described.
*/
export function machineLines(hardware: HardwareState, {width, isBrief}: MachineSpace): readonly StyledLine[] {
	const machine = shownMachine(hardware);
	return machine === undefined ? [] : linesOf(machine, activity(hardware.meters, hardware.loadHistory, hardware.sandbox, hardware.isMeasuring), width, isBrief);
}

type Activity = Pick<HardwareState, 'meters' | 'loadHistory' | 'sandbox' | 'isMeasuring'>;

// What the list does is none of it: the machine is worked out once for each sample.
const activity = memoize((meters: Activity['meters'], loadHistory: Activity['loadHistory'], sandbox: Activity['sandbox'], isMeasuring: boolean): Activity => ({
	meters, loadHistory, sandbox, isMeasuring,
}));

const linesOf = memoize((machine: JudgedMachine, hardware: Activity, width: number, isBrief: boolean): readonly StyledLine[] => {
	const {report, selection} = machine;
	const meters = report.simulated ? undefined : hardware.meters;
	const space = {width, isBrief, isLive: report.simulated === undefined};
	const gpus = meters?.gpus ?? report.gpus;
	const disks = meters?.disks ?? report.disks;
	return [
		...simulationRows(report, space),
		...processorRows(report, {meters, history: hardware.loadHistory}, space),
		...memoryRows(report, meters?.memory ?? report.memory, space),
		...bandwidthRows(report, hardware.isMeasuring, space),
		...gpuRows(gpus, space),
		...(isBrief ? disks.slice(0, 1) : disks).flatMap(disk => diskRows(disk, space)),
		...(report.simulated ? [] : systemRows(report, hardware, space)),
		...noteRows(report.warnings, space),
		...textRows('choice', `${selection.reason}${gpus.length > 0 && selection.modelId !== undefined ? ' That counts main memory alone, the list below the GPU too.' : ''}`, {width, color: selection.modelId === undefined ? 'warning' : 'accent'}),
	];
});

type Space = MachineSpace & {readonly isLive: boolean};

const headingWidth = 10;

/**
A row's name, in a column of its own.
*/
function heading(text: string): StyledSpan {
	return {text: ` ${fitCells(text, headingWidth - 1)}`, color: 'muted'};
}

const barWidth = ({width}: Space) => width >= 100 ? 16 : 8;

/**
A bar that turns yellow and red as it fills; the figures beside it say the same.
*/
function meter(share: number, space: Space): StyledSpan {
	return {text: `${progressBar(share, barWidth(space))} `, color: share > 0.9 ? 'bad' : (share > 0.7 ? 'warning' : 'good')};
}

/**
A name, a bar where there is something to measure, and facts with a dot between two: a row ends between facts, and goes on below them. The first fact counts most.
*/
function factRows(name: string, {share, facts, space}: {readonly share?: number; readonly facts: ReadonlyArray<string | undefined>; readonly space: Space}): readonly StyledLine[] {
	const known = facts.filter((fact): fact is string => fact !== undefined && fact !== '');
	const bar = space.isLive && share !== undefined && Number.isFinite(share) ? [meter(share, space)] : [];
	const indent = headingWidth + (bar.length === 0 ? 0 : barWidth(space) + 1);
	const rows: string[][] = [];
	let left = 0;
	for (const fact of known) {
		const needed = cellWidth(fact) + 3;
		if (rows.length === 0 || needed > left) {
			rows.push([]);
			left = space.width - indent + 2;
		}

		rows.at(-1)?.push(fact);
		left -= needed;
	}

	return rows.map(([first = '', ...rest], index): StyledLine => [
		...(index === 0 ? [heading(name), ...bar] : [' '.repeat(indent)]),
		{text: first, isBold: index === 0},
		...rest.map(fact => ` · ${fact}`),
	]);
}

function textRows(name: string, text: string, {width, color}: {readonly width: number; readonly color: StyledSpan['color']}): readonly StyledLine[] {
	return text === '' ? [] : wrapCells(text, width - headingWidth - 1).map((line, index): StyledLine => [heading(index === 0 ? name : ''), {text: line, color}]);
}

function simulationRows({simulated}: HardwareReport, {width, isBrief}: Space): readonly StyledLine[] {
	if (!simulated) {
		return [];
	}

	const {description, assumptions} = simulated;
	return [
		...textRows('what if', `${description}. This is not this machine: E shows that one again, e describes another.`, {width, color: 'warning'}),
		...textRows('assumed', isBrief && assumptions.length > 1 ? `${assumptions[0] ?? ''} i shows ${assumptions.length - 1} more.` : assumptions.join(' '), {width, color: 'muted'}),
	];
}

function processorRows({cpu, thermal: found}: HardwareReport, {meters, history}: {readonly meters: HardwareMeters | undefined; readonly history: readonly number[]}, space: Space): readonly StyledLine[] {
	const {model, physicalCores, logicalCores, usableCores = logicalCores, speedGhz, instructionSets} = cpu;
	const thermal = meters?.thermal ?? found;
	const cores = meters?.coreLoadPercents ?? [];
	const facts = [
		meters === undefined ? undefined : `${String(Math.round(meters.cpuLoadPercent)).padStart(3)} %`,
		model,
		`${physicalCores} cores, ${logicalCores} threads${usableCores < logicalCores ? `, ${usableCores} usable` : ''}`,
		thermal?.cpuCelsius === undefined ? undefined : `${Math.round(thermal.cpuCelsius)} °C`,
		thermal?.throttled === true ? 'slowed down by heat' : undefined,
		space.isBrief || speedGhz === undefined ? undefined : `${speedGhz} GHz`,
	];
	const bars = space.isBrief || cores.length === 0 ? [] : wrapCells(sparkline(cores, 100), space.width - headingWidth - 30);
	return [
		...factRows('CPU', {share: (meters?.cpuLoadPercent ?? 0) / 100, facts, space}),
		...(space.isBrief ? [] : textRows('', instructionSets.join(' '), {width: space.width, color: 'muted'})),
		...bars.map((line, index): StyledLine => [
			heading(index === 0 ? 'per core' : ''),
			{text: line, color: 'accent'},
			...(index === 0 ? [{text: '  over time ', color: 'muted'} as const, {text: sparkline(history.slice(-space.width + headingWidth + 20 + cellWidth(line)).slice(-40), 100), color: 'accent'} as const] : []),
		]),
	];
}

function memoryRows({memory: {kind, channels}}: HardwareReport, memory: MemoryReport, space: Space): readonly StyledLine[] {
	const {totalBytes, availableBytes, limitBytes, swapTotalBytes, swapFreeBytes} = memory;
	const swap = swapTotalBytes === 0 ? 'no swap' : `swap ${formatBytes(swapFreeBytes)} free of ${formatBytes(swapTotalBytes)}`;
	return factRows('memory', {
		share: 1 - (availableBytes / totalBytes),
		facts: [
			`${formatBytes(availableBytes)} available of ${formatBytes(totalBytes)}`,
			limitBytes === undefined ? undefined : 'the limit of this container',
			kind === undefined ? undefined : `${kind}${channels === undefined ? '' : `, ${channels} channels`}`,
			space.isLive ? swap : undefined,
		],
		space,
	});
}

function bandwidthRows({memoryBandwidth: measured}: HardwareReport, isMeasuring: boolean, space: Space): readonly StyledLine[] {
	const {width, isLive} = space;
	if (!isLive) {
		return measured ? [[heading(''), {text: `${formatRate(measured.bytesPerSecond)} of bandwidth`, isBold: true}]] : [];
	}

	if (isMeasuring) {
		return textRows('', 'measuring how fast memory is read …', {width, color: 'accent'});
	}

	if (!measured) {
		return textRows('', 'how fast it is read was not measured yet: b measures it', {width, color: 'muted'});
	}

	const {bytesPerSecond, threads, whileBusy, measuredAt} = measured;
	return factRows('', {
		facts: [
			`read at ${formatRate(bytesPerSecond)}`,
			`${threads === 1 ? '1 thread' : `${threads} threads`}${whileBusy === true ? ' beside other work' : ''}`,
			space.isBrief ? undefined : measuredAt?.slice(0, 10),
			'b measures again',
		],
		space,
	});
}

/**
GPUs that are shown where room is dear.
*/
const briefGpus = 2;

function gpuRows(gpus: readonly GpuReport[], space: Space): readonly StyledLine[] {
	if (gpus.length === 0) {
		return [[heading('GPU'), {text: `none${space.isLive ? ' found' : ''}: models run on the CPU`, color: 'muted'}]];
	}

	const shown = space.isBrief ? gpus.slice(0, briefGpus) : gpus;
	const more = gpus.length - shown.length;
	return [
		...shown.flatMap(gpu => factRows('GPU', {...gpuFacts(gpu, space), space})),
		...(more === 0 ? [] : textRows('', `and ${more} more: i shows them`, {width: space.width, color: 'muted'})),
	];
}

function gpuFacts(gpu: GpuReport, {isBrief, isLive}: Space): {readonly share?: number; readonly facts: ReadonlyArray<string | undefined>} {
	const {
		name, vramTotalBytes, vramFreeBytes = vramTotalBytes, unifiedMemory, sharedMemoryBytes, utilizationPercent, temperatureCelsius, bandwidthBytesPerSecond, driver, computeCapability, cores,
	} = gpu;
	const shared = sharedMemoryBytes === undefined ? 'shares the main memory' : `may use ${formatBytes(sharedMemoryBytes)} of the main memory`;
	const isKnown = vramTotalBytes !== undefined && vramFreeBytes !== undefined && vramTotalBytes > 0;
	return {
		...(isKnown && {share: 1 - (vramFreeBytes / vramTotalBytes)}),
		facts: [
			isKnown ? (isLive ? `${formatBytes(vramFreeBytes)} free of ${formatBytes(vramTotalBytes)}` : formatBytes(vramTotalBytes)) : undefined,
			name,
			unifiedMemory ? shared : (isKnown ? undefined : 'video memory unknown'),
			utilizationPercent === undefined || !isLive ? undefined : `${Math.round(utilizationPercent)} % busy`,
			temperatureCelsius === undefined || !isLive ? undefined : `${Math.round(temperatureCelsius)} °C`,
			bandwidthBytesPerSecond === undefined ? undefined : formatRate(bandwidthBytesPerSecond),
			...(isBrief
				? []
				: [
					driver === undefined ? undefined : `driver ${driver}`,
					computeCapability === undefined ? undefined : `compute ${computeCapability}`,
					cores === undefined ? undefined : `${cores} cores`,
				]),
		],
	};
}

const media = {'solid-state': 'solid state', spinning: 'spinning'} as const;

function diskRows({mount, kind, medium, totalBytes, freeBytes}: DiskReport, space: Space): readonly StyledLine[] {
	return factRows('disk', {
		share: 1 - (freeBytes / totalBytes),
		facts: [`${formatBytes(freeBytes)} free of ${formatBytes(totalBytes)}`, mount, kind, medium === undefined ? undefined : media[medium]],
		space,
	});
}

function systemRows({operatingSystem, virtualization}: HardwareReport, {sandbox}: Activity, space: Space): readonly StyledLine[] {
	const {name, release, architecture, hostname} = operatingSystem;
	const facts = [`${name} ${release}`, architecture, virtualizationWords(virtualization), space.isBrief ? undefined : `host ${hostname}`];
	return [
		...factRows('system', {facts, space}),
		...(space.isBrief ? [] : textRows('sandbox', sandbox?.detail ?? 'looking …', {width: space.width, color: sandbox?.kind === 'none' ? 'warning' : 'muted'})),
	];
}

const kinds: Readonly<Record<Virtualization['kind'], string>> = {machine: 'in a virtual machine', container: 'in a container', wsl: 'in WSL'};

function virtualizationWords(virtualization: readonly Virtualization[] | undefined): string | undefined {
	if (virtualization === undefined) {
		return undefined;
	}

	return virtualization.length === 0 ? 'not virtualised' : virtualization.map(({kind, name}) => `${kinds[kind]}${name === 'unknown' ? '' : ` (${name})`}`).join(', ');
}

function noteRows(warnings: readonly string[], {width, isBrief}: Space): readonly StyledLine[] {
	const shown = isBrief ? warnings.slice(0, 1) : warnings;
	const more = warnings.length - shown.length;
	return shown.flatMap((text, index) => wrapCells(`${text}${index === shown.length - 1 && more > 0 ? ` i shows ${more} more.` : ''}`, width - 4).map((line, row): StyledLine => [{text: `${row === 0 ? ' ! ' : ' '.repeat(3)}${line}`, color: 'warning'}]));
}
