// Predicts every record from constants fitted without any record of its hardware.
import {bandClassOf} from '../../source/services/hardware/speed/bands.js';
import {type BandClass, type SpeedConstants} from '../../source/services/hardware/speed/calibration.js';
import {placeLayers} from '../../source/services/hardware/speed/placement.js';
import {
	fitConstants,
	generated,
	isPromptMeasured,
	prompted,
	type Case,
} from './fit-constants.js';
import {type Prediction} from './report.js';

type Bare = Omit<Prediction, 'low' | 'high'> & {readonly kind: BandClass};

export type CrossValidation = {
	readonly generation: readonly Prediction[];
	readonly prompt: readonly Prediction[];
	readonly bands: Readonly<Record<BandClass, number>>;
};

const coverage = 0.8;

/**
Bands of the predictions come from the errors on other hardware too, so the share of measurements in them is an honest one.
*/
export function crossValidate(cases: readonly Case[], start: SpeedConstants): CrossValidation {
	const bare = [...Map.groupBy(cases, ({hardware}) => hardware)].flatMap(([hardware, members]) => {
		const constants = fitConstants(cases.filter(one => one.hardware !== hardware), start);
		return members.flatMap(one => predictionsOf(one, constants));
	});
	const widths = (predictions: readonly Bare[]) => new Map([...Map.groupBy(predictions, ({kind}) => kind)].map(([kind, members]) => [kind, halfWidth(members)]));
	const all = widths(bare);
	const withBands = bare.map(prediction => {
		const width = widths(bare.filter(({one}) => one.hardware !== prediction.one.hardware)).get(prediction.kind) ?? all.get(prediction.kind)!;
		return {...prediction, low: prediction.predicted * Math.exp(-width), high: prediction.predicted * Math.exp(width)};
	});
	return {
		generation: withBands.filter(({kind}) => kind !== 'prompt'),
		prompt: withBands.filter(({kind}) => kind === 'prompt'),
		bands: Object.fromEntries(all) as Record<BandClass, number>,
	};
}

function predictionsOf(one: Case, constants: SpeedConstants): Bare[] {
	const placement = placeLayers(one.model, one.plan, one.resolved, constants);
	return [
		{
			one, kind: bandClassOf(one.resolved, placement, one.model.mixtureOfExperts === true), predicted: generated(one, constants), measured: one.record.generationTokensPerSecond!,
		},
		...(isPromptMeasured(one)
			? [{
				one, kind: 'prompt' as const, predicted: prompted(one, constants), measured: one.record.promptTokensPerSecond!,
			}]
			: []),
	];
}

// The error (as a natural logarithm) that four of five stay under, where a machine with n records counts √n.
function halfWidth(predictions: readonly Bare[]): number {
	const counts = new Map([...Map.groupBy(predictions, ({one}) => one.hardware)].map(([hardware, members]) => [hardware, members.length]));
	const sorted = predictions
		.map(({one, predicted, measured}) => ({error: Math.abs(Math.log(predicted / measured)), weight: 1 / Math.sqrt(counts.get(one.hardware)!)}))
		.toSorted((a, b) => a.error - b.error);
	let missing = coverage * sorted.reduce((sum, {weight}) => sum + weight, 0);
	for (const {error, weight} of sorted) {
		missing -= weight;
		if (missing <= 0) {
			return error;
		}
	}

	return sorted.at(-1)!.error;
}
