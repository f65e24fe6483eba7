// How much of the error is of the machine, and how much of the model on it: what the calibration to a machine shrinks by.
import {type Prediction} from './report.js';

export type Spreads = {
	/**
	Standard deviation of machines' mean errors (natural logarithm), without what chance adds to a mean of few.
	*/
	readonly machines: number;
	/**
	Standard deviation around the mean of a machine.
	*/
	readonly models: number;
};

// Errors beyond a factor of two are mistakes of a measurement or of what it says of itself.
const furthest = Math.log(2);

export function spreadsOf(predictions: readonly Prediction[]): Spreads {
	const errors = predictions.map(({one, predicted, measured}) => ({hardware: one.hardware, error: clipped(Math.log(measured / predicted))}));
	const machines = Map.groupBy(errors, ({hardware}) => hardware).values().map(members => members.map(({error}) => error)).toArray();
	const means = machines.map(members => mean(members));
	const within = machines.reduce((sum, members, index) => sum + members.reduce((part, error) => part + ((error - means[index]!) ** 2), 0), 0) / (errors.length - machines.length);
	const ofMeans = means.reduce((sum, value) => sum + (value ** 2), 0) / machines.length;
	const byChance = within * mean(machines.map(members => 1 / members.length));
	return {machines: Math.sqrt(Math.max(0.01, ofMeans - byChance)), models: Math.sqrt(within)};
}

function clipped(error: number): number {
	return Math.min(furthest, Math.max(-furthest, error));
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
