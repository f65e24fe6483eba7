// Reads a file of measured speeds. Measured fields may be missing, so that speeds of unmeasured things can be predicted.
import {readFile} from 'node:fs/promises';
import * as z from 'zod/mini';

// Null, an empty name and zero of what is counted all mean: not known.
const text = z.pipe(z.nullish(z.string()), z.transform(value => value === null || value === '' ? undefined : value));
const number = z.pipe(z.nullish(z.number()), z.transform(value => value === null || value === 0 ? undefined : value));
const flag = z.pipe(z.nullish(z.boolean()), z.transform(value => value ?? undefined));
const runtime = z.object({name: text, version: text, backend: text});

const measuredRecord = z.object({
	id: z.string(),
	hardware: z.object({
		key: text,
		group: text,
		vendor: text,
		class: text,
		gpu: text,
		gpuCount: number,
		vramGiBPerGpu: number,
		memoryBandwidthGBs: number,
		cpu: text,
		ramGiB: number,
		ramType: text,
	}),
	runtime: z.nullish(runtime),
	model: z.object({
		name: text,
		base: text,
		paramsB: number,
		activeParamsB: number,
		streamedParamsB: number,
		moe: flag,
	}),
	quant: text,
	kvCacheType: text,
	fileBytes: number,
	activeBytes: number,
	placement: text,
	gpuLayers: number,
	blockCount: number,
	cpuMoeLayers: number,
	contextTokens: number,
	depthTokens: number,
	promptTokens: number,
	promptTokensPerSecond: number,
	generationTokensPerSecond: number,
	ttftMs: number,
	date: text,
	scoreEligible: flag,
});

const recordsFile = z.object({records: z.array(measuredRecord)});

export type MeasuredRecord = z.infer<typeof measuredRecord>;

export async function readRecords(file: string): Promise<readonly MeasuredRecord[]> {
	const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
	return recordsFile.parse(Array.isArray(parsed) ? {records: parsed} : parsed).records;
}

/**
Machines of one group share their processor or memory: what is learnt from one tells of the others.
*/
export function hardwareOf({hardware, id}: MeasuredRecord): string {
	return hardware.group ?? hardware.key ?? hardware.gpu ?? hardware.cpu ?? id;
}
