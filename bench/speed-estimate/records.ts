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

/**
The records of a file.
@throws Error in words, of a file that cannot be read or is none of measured speeds.
*/
export async function readRecords(file: string): Promise<readonly MeasuredRecord[]> {
	const parsed = parseJson(await readText(file), file);
	const {success, data, error} = recordsFile.safeParse(Array.isArray(parsed) ? {records: parsed} : parsed);
	if (success) {
		return data.records;
	}

	const [issue] = error.issues;
	const what = `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'unreadable'}`;
	throw new Error(`${file} is no file of measured speeds: ${what}. It has to be {"records": […]}; bench/speed-estimate/records.ts has the fields.`);
}

async function readText(file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		throw new Error(`${file} cannot be read (${String(error instanceof Error && 'code' in error ? error.code : error)}). Check the path.`, {cause: error});
	}
}

function parseJson(content: string, file: string): unknown {
	try {
		return JSON.parse(content);
	} catch (error) {
		throw new Error(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}. Take a file of the form {"records": […]}.`, {cause: error});
	}
}

/**
Machines of one group share their processor or memory: what is learnt from one tells of the others.
*/
export function hardwareOf({hardware, id}: MeasuredRecord): string {
	return hardware.group ?? hardware.key ?? hardware.gpu ?? hardware.cpu ?? id;
}
