import {formatBytes} from '../../format/bytes.js';
import {fitCells} from '../../format/cells.js';
import {formatSpeed, formatWait} from '../../format/speed.js';
import {type LoadPlan, type PlanFinding} from '../../types/load-plan.js';
import {type PlanJudgement} from '../../types/plan-judgement.js';
import {planGoals, type OpenPlan} from '../reducers/plans.js';
import {type ScreenState} from '../reducers/screen.js';
import {type AppState} from '../state.js';
import {errorLines} from './error-lines.js';
import {fitLabels} from './fit-words.js';
import {bodyRows} from './layout.js';
import {
	planFieldNames,
	planFields,
	planValue,
	type PlanField,
} from './plan-fields.js';
import {
	type StyledLine,
	type Tone,
	wrapped,
	wrappedFacts,
} from './styled-lines.js';

/**
Whose plan it is, and what it makes the best of.
*/
export function planHead(state: AppState, {name, modelId, goal, plan}: OpenPlan): readonly StyledLine[] {
	const stored = state.plans.stored.get(modelId);
	const {simulated} = state.hardware;
	return [
		[{text: ` Load plan for ${name}`, isBold: true}, {text: stored ? ` · ${plan && isSamePlan(plan, stored.plan) ? 'stored' : 'another one is stored'} since ${stored.savedAt.slice(0, 10)}` : '', color: 'accent'}],
		[
			{text: ' made for  ', color: 'muted'},
			...planGoals.map(each => (each === goal ? {text: `[${each}] `, color: 'accent', isBold: true} as const : ` ${each}  `)),
			{text: simulated ? `on a machine with ${simulated.description}` : 'f takes the next', color: simulated ? 'warning' : 'muted'},
		],
	];
}

function isSamePlan(one: LoadPlan, other: LoadPlan): boolean {
	return planFields.every(field => one[field] === other[field]);
}

export type PlanRow = {
	readonly line: StyledLine;
	readonly isSelected: boolean;
};

/**
The values, a row each: what it is, and why or since when. On a screen that has no room for all, those around the selected one.
*/
export function planRows({plan, proposal, judgement, cursor}: OpenPlan, screen: ScreenState): readonly PlanRow[] {
	if (!plan) {
		return [];
	}

	const shown = planValueRows(screen);
	const first = Math.max(0, Math.min(cursor - Math.floor(shown / 2), planFields.length - shown));
	return planFields.slice(first, first + shown).map((field): PlanRow => {
		const finding = judgement?.findings.find(found => found.field === field);
		return {
			isSelected: field === planFields[cursor],
			line: [
				fitCells(planFieldNames[field], 18),
				{text: `${fitCells(planValue(plan, field), 16)} `, isBold: true},
				finding ? {text: `${severities[finding.severity].mark} ${finding.message}`, color: severities[finding.severity].color} : {text: reasonOf(field, {plan, proposal}), color: 'muted'},
			],
		};
	});
}

function reasonOf(field: PlanField, {plan, proposal}: Pick<OpenPlan, 'plan' | 'proposal'>): string {
	const before = proposal?.plan;
	return plan && before && plan[field] !== before[field] ? `Chosen by you; it was ${planValue(before, field)}.` : proposal?.reasons[field] ?? planFieldMeanings[field];
}

/**
Which of the values is selected, where not all of them are seen; else empty.
*/
export function planPosition({cursor}: OpenPlan, screen: ScreenState): string {
	return planValueRows(screen) < planFields.length ? ` value ${cursor + 1} of ${planFields.length} ` : '';
}

/**
Rows of the head, and of the rules around the values.
*/
const planFrameRows = 4;

/**
Rows of what the plan comes to that are worth more than values.
*/
const leastOutcomeRows = 4;

function planValueRows(screen: ScreenState): number {
	return Math.max(1, Math.min(planFields.length, bodyRows(screen) - planFrameRows - leastOutcomeRows));
}

/**
Rows for what the plan comes to: the body without the head, the values and the rules around them.
*/
export function planOutcomeRows(screen: ScreenState): number {
	return Math.max(1, bodyRows(screen) - planFrameRows - planValueRows(screen));
}

/**
What the plan would come to, all of it that concerns the selected value first.
*/
export function planOutcome(open: OpenPlan, width: number): readonly StyledLine[] {
	const {plan, judgement, cursor, error} = open;
	const failure = errorLines(error, width).map((text): StyledLine => [{text, color: 'bad'}]);
	if (!plan || !judgement) {
		return failure.length > 0 ? failure : [[{text: ' Working the plan out …', color: 'muted'}]];
	}

	const field = planFields[cursor] ?? planFields[0];
	const others = judgement.findings.filter(finding => finding.field !== field);
	return [
		...failure,
		...selectedLines(open, field, width),
		[],
		...needLines(judgement, width),
		...others.flatMap(finding => findingLines(finding, width)),
		...judgement.warnings.flatMap(text => indented(wrapped(text, width - 3, {color: 'warning'}), '! ')),
		...(open.proposal?.recommendations ?? []).flatMap(text => indented(wrapped(text, width - 3, {color: 'muted'}), '→ ')),
	];
}

function selectedLines({plan, proposal, judgement}: OpenPlan, field: PlanField, width: number): readonly StyledLine[] {
	const findings = judgement?.findings.filter(finding => finding.field === field) ?? [];
	return findings.length > 0
		? findings.flatMap(finding => findingLines(finding, width))
		: indented(wrapped(`${planFieldNames[field]}: ${reasonOf(field, {plan, proposal})}`, width - 2));
}

const planFieldMeanings: Readonly<Record<PlanField, string>> = {
	contextSize: 'How many tokens of the chat the model sees.',
	gpuLayers: 'Layers that are computed on the GPU; auto leaves it to the engine.',
	kvCacheType: 'What the context is kept as; q8_0 takes half the memory of f16, q4_0 a quarter.',
	flashAttention: 'Reads the context faster and in less memory, where model and device can.',
	batchSize: 'Tokens of a prompt that are computed at once.',
	threads: 'Of the CPU; never all of its cores.',
	memoryMap: 'Weights are read from the file as they are needed.',
	memoryLock: 'Weights may not be swapped out.',
	expertLayersInMemory: 'Layers of a mixture of experts whose experts stay in main memory.',
};

const severities: Readonly<Record<PlanFinding['severity'], {readonly mark: string; readonly color: Tone}>> = {
	error: {mark: '✗', color: 'bad'},
	warning: {mark: '!', color: 'warning'},
};

function findingLines({severity, message, suggestion, change}: PlanFinding, width: number): readonly StyledLine[] {
	const {mark, color} = severities[severity];
	return indented(wrapped(`${message} ${suggestion}${change ? ' a puts it right.' : ''}`, width - 3, {color}), `${mark} `);
}

function needLines({verdict}: PlanJudgement, width: number): readonly StyledLine[] {
	const {need, availableBytes, level, reason, speed} = verdict;
	const {text, color} = fitLabels[level];
	const speeds = speed && [
		`${formatSpeed(speed.generationTokensPerSecond)} tokens/s`,
		`prompt ${formatSpeed(speed.promptTokensPerSecond)} tokens/s`,
		`first token after ${formatWait(speed.timeToFirstTokenMs.expected)}`,
	];
	return [
		...indented(wrappedFacts([
			`needs ${need.approximate ? 'about ' : ''}${formatBytes(need.totalBytes)}`,
			...(need.gpuBytes > 0 ? [`${formatBytes(need.gpuBytes)} on the GPU`, `${formatBytes(need.memoryBytes)} in memory`] : []),
			`${formatBytes(availableBytes)} free now`,
		], width - 2)),
		...indented(wrappedFacts(speeds ?? [], width - 2)),
		...indented(wrapped(`${text.slice(0, 1)} ${reason}`, width - 2, {color, limit: 3})),
	];
}

function indented(lines: readonly StyledLine[], mark = ''): readonly StyledLine[] {
	return lines.map((line, index) => [` ${index === 0 ? mark : ' '.repeat(mark.length)}`, ...line]);
}
