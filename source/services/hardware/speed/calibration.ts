import calibration from './data/calibration.json' with {type: 'json'};

export type SpeedConstant = keyof typeof calibration.constants;

/**
Constants of the model of speed, by name; what each means is said where it is used and in docs/speed-estimate.md. Written by `bench/speed-estimate/fit.ts`.
*/
export type SpeedConstants = Readonly<Record<SpeedConstant, number>>;

/**
Kinds of estimate that are wrong by about as much.
*/
export type BandClass = keyof typeof calibration.bands;

export const calibratedConstants: SpeedConstants = calibration.constants;

/**
Standard deviation (natural logarithm) of what estimates leave unexplained: between machines, and between models on one machine.
*/
export const unexplainedSpreads: Readonly<Record<'generation' | 'prompt', {readonly machines: number; readonly models: number}>> = calibration.spreads;

/**
Half width, as a natural logarithm, of the band that four of five measurements on hardware not seen before fell into.
*/
export const bandHalfWidths: Readonly<Record<BandClass, number>> = calibration.bands;
