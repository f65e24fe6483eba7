import {type ModelArchitecture} from './model-architecture.js';

/**
What a fit is computed from.
*/
export type FitSubject = {
	readonly weightBytes: number;
	readonly architecture?: ModelArchitecture;
	/**
	Tokens.
	*/
	readonly contextLength: number;
};

export type MemoryLine = {
	/**
	For example `weights`, `KV cache at 4,096 tokens`.
	*/
	readonly label: string;
	readonly bytes: number;
};

/**
What a model needs, as a sum whose lines can be shown.
*/
export type MemoryNeed = {
	readonly lines: readonly MemoryLine[];
	readonly totalBytes: number;
	/**
	The architecture was not known and a rule of thumb stands in for it.
	*/
	readonly approximate: boolean;
};

/**
`gpu`: wholly in VRAM; `memory`: in main memory; `tight`: only by using the margin kept free.
*/
export type FitLevel = 'gpu' | 'memory' | 'tight' | 'none';

export type FitVerdict = {
	readonly level: FitLevel;
	readonly need: MemoryNeed;
	/**
	Of the place the level speaks of.
	*/
	readonly availableBytes: number;
	readonly marginBytes: number;
	/**
	Bytes that are missing where the level is `none`.
	*/
	readonly shortBytes: number;
	/**
	One sentence for a person.
	*/
	readonly reason: string;
};
