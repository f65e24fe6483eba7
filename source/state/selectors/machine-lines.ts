import {formatBytes, formatRate} from '../../format/bytes.js';
import {cellWidth} from '../../format/cells.js';
import {sparkline} from '../../format/sparkline.js';
import {wrapCells} from '../../format/wrap.js';
import {
	type DiskReport,
	type HardwareMeters,
	type HardwareReport,
	type MemoryReport,
	type Virtualization,
} from '../../types/hardware.js';
import {type HardwareState, type JudgedMachine} from '../reducers/hardware.js';
import {gpuLines} from './gpu-lines.js';
import {shownMachine} from './hardware.js';
import {
	factRows,
	heading,
	headingWidth,
	textRows,
	type LiveSpace,
	type MachineSpace,
} from './machine-rows.js';
import {memoize} from './memoize.js';
import {type StyledLine} from './styled-lines.js';

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
		...processorRows(report, meters, space),
		...coreRows(meters?.coreLoadPercents ?? [], hardware.loadHistory, space),
		...memoryRows(report, meters?.memory ?? report.memory, space),
		...bandwidthRows(report, hardware.isMeasuring, space),
		...gpuLines(gpus, space),
		...(isBrief ? disks.slice(0, 1) : disks).flatMap(disk => diskRows(disk, space)),
		...(report.simulated ? [] : systemRows(report, hardware, space)),
		...noteRows(report.warnings, space),
		...choiceRows(selection, gpus.length > 0, space),
	];
});

function simulationRows({simulated}: HardwareReport, {width, isBrief}: LiveSpace): readonly StyledLine[] {
	if (!simulated) {
		return [];
	}

	const {description, assumptions} = simulated;
	return [
		...textRows('what if', `${description}. This is not this machine: E shows that one again, e describes another.`, {width, color: 'warning'}),
		...textRows('assumed', isBrief && assumptions.length > 1 ? `${assumptions[0] ?? ''} i shows ${assumptions.length - 1} more.` : assumptions.join(' '), {width, color: 'muted'}),
	];
}

function processorRows({cpu, thermal: found}: HardwareReport, meters: HardwareMeters | undefined, space: LiveSpace): readonly StyledLine[] {
	const {model, physicalCores, logicalCores, usableCores = logicalCores, speedGhz, instructionSets} = cpu;
	const thermal = meters?.thermal ?? found;
	const facts = [
		meters === undefined ? undefined : `${String(Math.round(meters.cpuLoadPercent)).padStart(3)} %`,
		model,
		`${physicalCores} cores, ${logicalCores} threads${usableCores < logicalCores ? `, ${usableCores} usable` : ''}`,
		thermal?.cpuCelsius === undefined ? undefined : `${Math.round(thermal.cpuCelsius)} °C`,
		thermal?.throttled === true ? 'slowed down by heat' : undefined,
		space.isBrief || speedGhz === undefined ? undefined : `${speedGhz} GHz`,
	];
	return [
		...factRows('CPU', {share: (meters?.cpuLoadPercent ?? 0) / 100, facts, space}),
		...(space.isBrief ? [] : textRows('', instructionSets.join(' '), {width: space.width, color: 'muted'})),
	];
}

const historyTitle = '  over time ';
const historyColumns = 40;
const leastHistoryColumns = 18;

/**
How busy each core is, and beside the first of them how busy all were together, as far back as there is room.
*/
function coreRows(loads: readonly number[], history: readonly number[], {width, isBrief}: LiveSpace): readonly StyledLine[] {
	const room = width - headingWidth - historyTitle.length;
	const bars = isBrief || loads.length === 0 ? [] : wrapCells(sparkline(loads, 100), room - leastHistoryColumns);
	const past = history.slice(-Math.min(historyColumns, room - cellWidth(bars[0] ?? '')));
	return bars.map((line, index): StyledLine => index === 0
		? [heading('per core'), {text: line, color: 'accent'}, {text: historyTitle, color: 'muted'}, {text: sparkline(past, 100), color: 'accent'}]
		: [heading(''), {text: line, color: 'accent'}]);
}

function memoryRows({memory: {kind, channels}}: HardwareReport, memory: MemoryReport, space: LiveSpace): readonly StyledLine[] {
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

function bandwidthRows({memoryBandwidth: measured}: HardwareReport, isMeasuring: boolean, space: LiveSpace): readonly StyledLine[] {
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

const media = {'solid-state': 'solid state', spinning: 'spinning'} as const;

function diskRows({mount, kind, medium, totalBytes, freeBytes}: DiskReport, space: LiveSpace): readonly StyledLine[] {
	return factRows('disk', {
		share: 1 - (freeBytes / totalBytes),
		facts: [`${formatBytes(freeBytes)} free of ${formatBytes(totalBytes)}`, mount, kind, medium === undefined ? undefined : media[medium]],
		space,
	});
}

function systemRows({operatingSystem, virtualization}: HardwareReport, {sandbox}: Activity, space: LiveSpace): readonly StyledLine[] {
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

function noteRows(warnings: readonly string[], {width, isBrief}: LiveSpace): readonly StyledLine[] {
	const [first, ...others] = warnings;
	const shown = isBrief && first !== undefined && others.length > 0 ? [`${first} i shows ${others.length} more.`] : warnings;
	return shown.flatMap(text => wrapCells(text, width - 4).map((line, row): StyledLine => [{text: `${row === 0 ? ' ! ' : ' '.repeat(3)}${line}`, color: 'warning'}]));
}

/**
What Remuda would choose. It goes by main memory, so on a machine with a GPU the list may well have something better.
*/
function choiceRows({modelId, reason}: JudgedMachine['selection'], hasGpu: boolean, {width}: LiveSpace): readonly StyledLine[] {
	const limits = hasGpu && modelId !== undefined ? ' That counts main memory alone, the list below the GPU too.' : '';
	return textRows('choice', `${reason}${limits}`, {width, color: modelId === undefined ? 'warning' : 'accent'});
}
