import {formatBytes} from '../../../format/bytes.js';
import {fitCells} from '../../../format/cells.js';
import {wrapCells} from '../../../format/wrap.js';
import {selectionLines} from '../../../state/selectors/layout.js';
import {type DiskReport, type GpuReport, type HardwareReport} from '../../../types/hardware.js';
import {type Span} from '../../components/line.js';
import {Lines, type Spans} from '../../components/lines.js';
import {progressBar} from '../../../format/progress-bar.js';
import {sparkline} from '../../components/sparkline.js';
import {type ScreenProps} from '../screen-props.js';

const headingWidth = 10;

/**
The machine, a row each: what it is, and a bar of how much of it is in use.
*/
export function MachineLines({state, width, height}: ScreenProps) {
	const {report} = state.hardware;
	if (!report) {
		return null;
	}

	const rows = [
		processorRow(state, report, width),
		...memoryRows(state, report),
		...gpuRows(state.hardware.meters?.gpus ?? report.gpus),
		...(state.hardware.meters?.disks ?? report.disks).slice(0, 3).map(disk => diskRow(disk)),
		systemRow(report),
		sandboxRow(state),
		...report.warnings.slice(0, 2).map((text): Spans => [{text: ` ! ${text}`, color: 'warning'}]),
		...choiceRows(state, width),
	];
	return <Lines lines={rows} width={width} height={height}/>;
}

/**
A row's name, in a column of its own.
*/
function heading(text: string): Span {
	return {text: ` ${fitCells(text, headingWidth - 1)}`, color: 'muted'};
}

/**
A bar that turns yellow and red as it fills; the figures beside it say the same.
*/
function meter(share: number): Span {
	return {text: `${progressBar(share, 16)} `, color: share > 0.9 ? 'bad' : (share > 0.7 ? 'warning' : 'good')};
}

function processorRow({hardware}: ScreenProps['state'], {cpu}: HardwareReport, width: number): Spans {
	const load = hardware.meters?.cpuLoadPercent;
	const sets = cpu.instructionSets.length > 0 ? ` · ${cpu.instructionSets.join(' ')}` : '';
	return [
		heading('CPU'),
		meter((load ?? 0) / 100),
		{text: load === undefined ? '' : `${String(Math.round(load)).padStart(3)} % `, isBold: true},
		...(width >= 120 ? [{text: `${sparkline(hardware.loadHistory.slice(-24), 100)} `, color: 'accent'} as const] : []),
		`${cpu.model} · ${cpu.physicalCores} cores, ${cpu.logicalCores} threads`,
		{text: sets, color: 'muted'},
	];
}

function memoryRows({hardware}: ScreenProps['state'], report: HardwareReport): readonly Spans[] {
	const {totalBytes, availableBytes, swapTotalBytes, swapFreeBytes} = hardware.meters?.memory ?? report.memory;
	const swapShare = swapTotalBytes === 0 ? 0 : 1 - (swapFreeBytes / swapTotalBytes);
	return [
		[heading('memory'), meter(1 - (availableBytes / totalBytes)), {text: `${formatBytes(availableBytes)} available`, isBold: true}, ` of ${formatBytes(totalBytes)}`],
		swapTotalBytes === 0
			? [heading('swap'), {text: 'none', color: 'muted'}]
			: [heading('swap'), meter(swapShare), `${formatBytes(swapFreeBytes)} free of ${formatBytes(swapTotalBytes)}`],
	];
}

function gpuRows(gpus: readonly GpuReport[]): readonly Spans[] {
	if (gpus.length === 0) {
		return [[heading('GPU'), {text: 'none found: models run on the CPU', color: 'muted'}]];
	}

	return gpus.map(({name, vramTotalBytes, vramFreeBytes, driver, unifiedMemory}): Spans => {
		const driverText = driver === undefined ? '' : ` · driver ${driver}`;
		if (vramTotalBytes === undefined) {
			return [heading('GPU'), name, {text: `${unifiedMemory ? ' · shares the main memory' : ' · video memory unknown'}${driverText}`, color: 'muted'}];
		}

		const free = vramFreeBytes ?? vramTotalBytes;
		return [heading('GPU'), meter(1 - (free / vramTotalBytes)), {text: `${formatBytes(free)} free`, isBold: true}, ` of ${formatBytes(vramTotalBytes)} · ${name}`, {text: driverText, color: 'muted'}];
	});
}

function diskRow({mount, kind, totalBytes, freeBytes}: DiskReport): Spans {
	return [
		heading('disk'),
		meter(1 - (freeBytes / totalBytes)),
		{text: `${formatBytes(freeBytes)} free`, isBold: true},
		` of ${formatBytes(totalBytes)} · ${mount}`,
		{text: kind === undefined ? '' : ` · ${kind}`, color: 'muted'},
	];
}

function systemRow({operatingSystem}: HardwareReport): Spans {
	const {name, release, architecture, hostname} = operatingSystem;
	return [heading('system'), `${name} ${release} · ${architecture}`, {text: ` · ${hostname}`, color: 'muted'}];
}

function sandboxRow({hardware}: ScreenProps['state']): Spans {
	const {sandbox} = hardware;
	return sandbox ? [heading('sandbox'), {text: `${sandbox.kind} `, color: sandbox.kind === 'none' ? 'warning' : 'good'}, {text: sandbox.detail, color: 'muted'}] : [heading('sandbox'), {text: 'looking …', color: 'muted'}];
}

function choiceRows({hardware}: ScreenProps['state'], width: number): readonly Spans[] {
	const {selection} = hardware;
	const [first = '', ...rest] = wrapCells(selection?.reason ?? '', width - headingWidth - 1);
	const color = selection?.modelId === undefined ? 'warning' : 'accent';
	return [
		[heading('choice'), {text: first, color}],
		...rest.slice(0, selectionLines - 1).map((text): Spans => [heading(''), {text, color}]),
	];
}
