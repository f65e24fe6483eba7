import {RemudaError} from '../errors/remuda-error.js';
import {formatBytes} from '../format/bytes.js';
import {formatInteger} from '../format/number.js';
import {usualContextLength} from '../services/hardware/margins.js';
import {recommendModels, selectModel} from '../services/hardware/select-model.js';
import {planModelOfRegistry} from '../services/load-plans/plan-model.js';
import {type JudgedMachine, verdictOf} from '../services/load-plans/plan-verdict.js';
import {resolveLoadPlan} from '../services/load-plans/resolve-plan.js';
import {type FitVerdict} from '../types/fit.js';
import {type HardwareReport} from '../types/hardware.js';
import {type ModelRecommendation, type ModelSelection} from '../types/recommendation.js';
import {type RegistryModel} from '../types/registry-model.js';
import {type Fit} from '../types/speed.js';
import {takeArguments} from './arguments.js';
import {ArgumentError} from './argument-error.js';
import {type Command, type CommandContext} from './command.js';
import {integerFlag} from './flags.js';
import {formatMachine} from './hardware-text.js';
import {formatLines} from './judgement-text.js';
import {hardwareRecord, verdictRecord} from './measurement-records.js';
import {simulatedMachine} from './simulated-machine.js';
import {formatTable} from './table.js';

export const command: Command = {
	usage: ['hardware [--limit N] [--measure]', 'hardware --simulate MACHINE [--limit N]'],
	description: 'What this machine is, the model chosen for it by available memory, and the models of the registry that fit: recommended ones first, the largest first. The bandwidth of the memory is measured once, in half a second, and kept.',
	flags: {
		limit: {type: 'string', placeholder: 'N', description: 'Models at most (default 10)'},
		measure: {type: 'boolean', description: 'Measure the bandwidth of the memory anew'},
		simulate: {type: 'string', placeholder: 'MACHINE', description: 'Describe another machine, for example "RTX 4090, 64 GB" or "2x RTX 3090, Ryzen 9 7950X, 128 GB"'},
	},
	examples: ['hardware', 'hardware --json', 'hardware --simulate "RTX 4090, 64 GB"'],
	async run(context) {
		takeArguments(context, {name: 'nothing', maximum: 0});
		const limit = integerFlag(context.flags, 'limit', {minimum: 0, maximum: 10_000}) ?? 10;
		const {registry} = await context.services();
		const report = await describe(context);
		const selection = selectModel(registry.models, report.memory.availableBytes);
		const fitting = recommendModels(registry.models, await judgeOn(report, context));
		const {output} = context;
		output.result(() => ({
			...hardwareRecord(report),
			selection: {selected: selection.kind === 'selected' ? selection.model.id : undefined, reason: selection.reason},
			fittingModels: fitting.slice(0, limit).map(({model, verdict}) => ({
				id: model.id, recommended: model.recommended, sizeBytes: model.fileSize, fit: verdictRecord(verdict),
			})),
			fittingCount: fitting.length,
		}), () => [formatMachine(report, output.width), formatChoice(selection, fitting, {limit, width: output.width})].join('\n\n'));
	},
};

const places: Readonly<Record<FitVerdict['level'], string>> = {
	gpu: 'GPU', split: 'GPU and memory', memory: 'memory', tight: 'memory', 'less-context': 'less context', none: 'nowhere',
};

async function describe(context: CommandContext): Promise<HardwareReport> {
	const isFresh = context.flags.measure === true;
	if (isFresh && context.flags.simulate !== undefined) {
		throw new ArgumentError('A simulated machine cannot be measured.', {code: 'conflicting_flags', hint: 'Leave out --measure or --simulate.'});
	}

	const simulated = await simulatedMachine(context);
	if (simulated !== undefined) {
		return simulated;
	}

	const {hardware} = await context.services();
	const {signal} = context;
	try {
		const memoryBandwidth = await hardware.bandwidth({signal, fresh: isFresh});
		return {...await hardware.probe({signal}), memoryBandwidth};
	} catch (error) {
		// Everything else of the machine is worth being told without it, unless it was asked for.
		if (isFresh || !(error instanceof RemudaError)) {
			throw error;
		}

		const report = await hardware.probe({signal});
		// Looking for an earlier measurement may have failed for the same reason.
		return report.warnings.some(warning => warning.includes(error.message)) ? report : {...report, warnings: [...report.warnings, error.message]};
	}
}

/**
By what loads on this machine have taught, and as Remuda loads by itself; one that was described has nothing to teach.
*/
async function judgeOn(report: HardwareReport, context: CommandContext): Promise<(model: RegistryModel) => Fit> {
	const {loadPlans, config} = await context.services();
	const isHere = report.simulated === undefined;
	const settings = isHere ? config.current().engine : {...config.current().engine, gpu: 'auto' as const, threads: 0};
	// Where nothing can be kept, nothing was learnt.
	const measurements = isHere ? await loadPlans.measurements().catch(() => []) : [];
	const machine: JudgedMachine = {...report, measurements};
	return model => verdictOf(planModelOfRegistry(model), resolveLoadPlan({contextSize: Math.min(usualContextLength, model.contextWindow)}, settings, report), machine);
}

function formatChoice(selection: ModelSelection, fitting: readonly ModelRecommendation[], {limit, width}: {readonly limit: number; readonly width: number | undefined}): string {
	const shown = fitting.slice(0, limit);
	const table = formatTable(
		[{title: 'FITS'}, {title: 'NEEDS', align: 'right'}, {title: 'TOKENS/S', align: 'right'}, {title: 'WHERE'}, {title: 'RECOMMENDED'}],
		shown.map(({model, verdict}) => [model.id, formatBytes(verdict.need.totalBytes), formatSpeed(verdict), places[verdict.level], model.recommended ? 'yes' : '']),
		width,
	);
	const heading = `${fitting.length} models of the registry fit${shown.length < fitting.length ? `, ${shown.length} of them are shown` : ''}.`;
	const first = fitting[0]?.model.id;
	const isOther = first !== undefined && !(selection.kind === 'selected' && selection.model.id === first);
	return [formatLines([`${selection.reason}${isOther ? ' That looks at main memory alone; the list looks at GPUs and speed too.' : ''}`], width), heading, ...(shown.length === 0 ? [] : [table])].join('\n\n');
}

function formatSpeed({speed}: Fit): string {
	const tokensPerSecond = speed?.generationTokensPerSecond.expected;
	return tokensPerSecond === undefined ? '' : (tokensPerSecond < 10 ? tokensPerSecond.toFixed(1) : formatInteger(tokensPerSecond));
}
