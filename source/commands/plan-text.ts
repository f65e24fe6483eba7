import {formatBytes} from '../format/bytes.js';
import {cellWidth} from '../format/cells.js';
import {formatAge} from '../format/duration.js';
import {formatInteger} from '../format/number.js';
import {settingNames} from '../services/load-plans/setting-names.js';
import {type MemoryMeasurement} from '../types/fit.js';
import {type LoadPlan, type StoredPlan} from '../types/load-plan.js';
import {type OptimizedPlan, type PlanJudgement} from '../types/plan-judgement.js';
import {formatJudgement, formatList, wrapped} from './judgement-text.js';
import {formatFields, formatTable} from './table.js';

const settings = Object.entries(settingNames) as ReadonlyArray<readonly [keyof LoadPlan, string]>;
const leastReason = 20;

/**
A plan that was worked out, with what it comes to and why.
*/
export function formatOptimized(optimized: OptimizedPlan, {width}: {readonly width: number | undefined}): string {
	const {recommendations, verdict} = optimized;
	// Advice of the fit is among the recommendations.
	const judgement = {...optimized, verdict: {...verdict, advice: []}};
	return [
		formatSettings(optimized, width),
		...formatJudgement(judgement, width),
		...(recommendations.length === 0 ? [] : [`Recommended\n${formatList(recommendations, width)}`]),
	].join('\n\n');
}

/**
Each setting with its value and why, broken into lines: the reasons are the point.
*/
function formatSettings({plan, reasons}: OptimizedPlan, width: number | undefined): string {
	const shown = settings.filter(([field]) => field !== 'expertLayersInMemory' || plan.expertLayersInMemory > 0);
	const cells = (texts: readonly string[]): number => Math.max(...texts.map(text => cellWidth(text)));
	const before = cells(['SETTING', ...shown.map(([, label]) => label)]) + cells(['VALUE', ...shown.map(([field]) => valueInWords(field, plan))]) + 4;
	return formatTable(
		[{title: 'SETTING'}, {title: 'VALUE'}, {title: 'WHY', minimumWidth: leastReason}],
		shown.flatMap(([field, label]) => wrapped(reasons[field], width, before).map((line, index) => index === 0 ? [label, valueInWords(field, plan), line] : ['', '', line])),
		width,
	);
}

/**
A plan that is kept, with what it comes to now.
*/
export function formatStored({plan, goal, savedAt}: StoredPlan, judgement: PlanJudgement, {measurements, width}: {readonly measurements: readonly MemoryMeasurement[]; readonly width: number | undefined}): string {
	const latest = measurements.at(-1);
	return [
		`For ${goal}, stored ${formatAge(savedAt, Date.now())}.`,
		formatFields(settings.map(([field, label]) => [label, valueInWords(field, plan)])),
		...formatJudgement(judgement, width),
		...(latest === undefined ? [] : [`When it was last loaded, at ${formatInteger(latest.plan.contextSize)} tokens, ${formatBytes(latest.estimatedBytes)} were expected and ${formatBytes(latest.measuredBytes)} used.`]),
	].join('\n\n');
}

function valueInWords(field: keyof LoadPlan, plan: LoadPlan): string {
	const value = plan[field];
	if (typeof value === 'boolean') {
		return value ? 'on' : 'off';
	}

	const text = typeof value === 'number' ? formatInteger(value) : value;
	return field === 'contextSize' || field === 'batchSize' ? `${text} tokens` : text;
}
