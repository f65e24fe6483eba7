import {formatBytes} from '../format/bytes.js';
import {recommendModels, selectModel} from '../services/hardware/select-model.js';
import {type HardwareReport} from '../types/hardware.js';
import {type ModelRecommendation, type ModelSelection} from '../types/recommendation.js';
import {takeArguments} from './arguments.js';
import {type Command} from './command.js';
import {integerFlag} from './flags.js';
import {hardwareRecord, verdictRecord} from './measurement-records.js';
import {formatFields, formatTable} from './table.js';

export const command: Command = {
	usage: ['hardware [--limit N]'],
	description: 'What this machine is, the model chosen for it by available memory, and the models of the registry that fit: recommended ones first, the largest first.',
	flags: {
		limit: {type: 'string', placeholder: 'N', description: 'Models at most (default 10)'},
	},
	examples: ['hardware', 'hardware --json'],
	async run(context) {
		takeArguments(context, {name: 'nothing', maximum: 0});
		const limit = integerFlag(context.flags, 'limit', {minimum: 0, maximum: 10_000}) ?? 10;
		const {hardware, registry} = await context.services();
		const report = await hardware.probe({signal: context.signal});
		const selection = selectModel(registry.models, report.memory.availableBytes);
		const fitting = recommendModels(registry.models, report);
		const {output} = context;
		output.result(() => ({
			...hardwareRecord(report),
			selection: {selected: selection.kind === 'selected' ? selection.model.id : undefined, reason: selection.reason},
			fittingModels: fitting.slice(0, limit).map(({model, verdict}) => ({
				id: model.id, recommended: model.recommended, sizeBytes: model.fileSize, fit: verdictRecord(verdict),
			})),
			fittingCount: fitting.length,
		}), () => [formatMachine(report), formatChoice(selection, fitting, {limit, width: output.width})].join('\n\n'));
	},
};

function formatMachine({cpu, memory, gpus, disks, operatingSystem, warnings}: HardwareReport): string {
	return formatFields([
		['CPU', [
			cpu.model,
			`${cpu.physicalCores} cores (${cpu.logicalCores} threads)`,
			...(cpu.speedGhz === undefined ? [] : [`${cpu.speedGhz} GHz`]),
			...(cpu.instructionSets.length === 0 ? [] : [cpu.instructionSets.join(' ')]),
		].join(', ')],
		['Memory', `${formatBytes(memory.availableBytes)} available of ${formatBytes(memory.totalBytes)}`],
		['Swap', memory.swapTotalBytes === 0 ? 'none' : `${formatBytes(memory.swapFreeBytes)} free of ${formatBytes(memory.swapTotalBytes)}`],
		...(gpus.length === 0
			? [['GPU', 'none found'] as const]
			: gpus.map(gpu => ['GPU', [
				gpu.name,
				gpu.vramTotalBytes === undefined ? 'memory not known' : `${gpu.vramFreeBytes === undefined ? '' : `${formatBytes(gpu.vramFreeBytes)} free of `}${formatBytes(gpu.vramTotalBytes)}`,
				...(gpu.unifiedMemory ? ['shares the memory of the CPU'] : []),
				...(gpu.driver === undefined ? [] : [`driver ${gpu.driver}`]),
			].join(', ')] as const)),
		...disks.map(({mount, kind, freeBytes, totalBytes}) => ['Disk', `${mount}, ${formatBytes(freeBytes)} free of ${formatBytes(totalBytes)}${kind === undefined ? '' : `, ${kind}`}`] as const),
		['System', `${operatingSystem.name} ${operatingSystem.release}, ${operatingSystem.architecture}`],
		...warnings.map(warning => ['Warning', warning] as const),
	]);
}

function formatChoice(selection: ModelSelection, fitting: readonly ModelRecommendation[], {limit, width}: {readonly limit: number; readonly width: number | undefined}): string {
	const shown = fitting.slice(0, limit);
	const table = formatTable(
		[{title: 'FITS'}, {title: 'NEEDS', align: 'right'}, {title: 'WHERE'}, {title: 'RECOMMENDED'}],
		shown.map(({model, verdict}) => [model.id, formatBytes(verdict.need.totalBytes), verdict.level === 'gpu' ? 'GPU' : 'memory', model.recommended ? 'yes' : '']),
		width,
	);
	const heading = `${fitting.length} models of the registry fit${shown.length < fitting.length ? `, ${shown.length} of them are shown` : ''}.`;
	return [selection.reason, heading, ...(shown.length === 0 ? [] : [table])].join('\n\n');
}
