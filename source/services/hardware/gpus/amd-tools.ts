import path from 'node:path';
import * as z from 'zod/mini';
import {type Environment} from '../../network/environment.js';
import {askFirst} from './ask-first.js';
import {
	known,
	pciAddress,
	toCount,
	toLine,
	type FoundGpu,
} from './found-gpu.js';

const megabyte = 1024 ** 2;

const tools = [
	{program: 'amd-smi', options: ['static', '--asic', '--bus', '--vram', '--driver', '--json'], parse: parseAmdSmi},
	{program: 'rocm-smi', options: ['--showproductname', '--showmeminfo', 'vram', '--showbus', '--json'], parse: parseRocmSmi},
] as const;

/**
AMD's GPUs as AMD's tools name them, without what changes, which the kernel's files tell faster; undefined where there is neither amd-smi nor the older rocm-smi. Rejects when what is there fails.
*/
export async function queryAmdTools(environment: Environment, systemRoot: string): Promise<readonly FoundGpu[] | undefined> {
	const findings = await Promise.allSettled(tools.map(async ({program, options, parse}) => {
		const output = await askFirst([program, path.join(systemRoot, 'opt/rocm/bin', program)], options, environment);
		try {
			return output === undefined ? undefined : parse(output);
		} catch (error) {
			throw new Error(`${program}: ${error instanceof Error ? error.message : String(error)} Another version of it may be understood.`, {cause: error});
		}
	}));
	const found = findings.map(finding => (finding.status === 'fulfilled' ? finding.value : undefined)).find(gpus => gpus !== undefined);
	const failed = findings.find(finding => finding.status === 'rejected');
	if (found === undefined && failed !== undefined) {
		throw failed.reason as Error;
	}

	return found;
}

const cardsSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

/**
Reads rocm-smi's JSON: a record for each `cardN`, every value a text. ROCm 5 writes `Card series`, ROCm 6 `Card Series`; either may be the number of the device only.
*/
export function parseRocmSmi(output: string): readonly FoundGpu[] {
	const cards = checked(cardsSchema, parseJson(output));
	return Object.entries(cards).filter(([key]) => /^card\d+$/v.test(key)).map(([, card]) => {
		const fields = new Map(Object.entries(card).map(([key, value]) => [key.toLowerCase(), value]));
		return {
			vendor: 'AMD',
			...known({
				name: toLine(fields.get('card series')) ?? toLine(fields.get('card model')) ?? toLine(fields.get('device name')),
				address: addressOf(fields.get('pci bus')),
				vramTotalBytes: toCount(fields.get('vram total memory (b)')),
			}),
		};
	});
}

const recordSchema = z.record(z.string(), z.unknown());
const wrappedSchema = z.object({gpu_data: z.array(recordSchema)});
const listSchema = z.array(recordSchema);

/**
Reads the JSON of `amd-smi static`: a list, since ROCm 6.4 inside `gpu_data`, where sizes are `{value, unit}` or, before ROCm 6.2, bare numbers of megabytes.
*/
export function parseAmdSmi(output: string): readonly FoundGpu[] {
	const answer = parseJson(output);
	const gpus = Array.isArray(answer) ? checked(listSchema, answer) : checked(wrappedSchema, answer).gpu_data;
	return gpus.map(({asic, bus, vram, driver}) => ({
		vendor: 'AMD',
		...known({
			name: toLine(fieldOf(asic, 'market_name')),
			address: addressOf(fieldOf(bus, 'bdf')),
			vramTotalBytes: sizeOf(fieldOf(vram, 'size')),
			driver: toLine(fieldOf(driver, 'version')) ?? toLine(fieldOf(driver, 'driver_version')),
		}),
	}));
}

// Both write warnings before the JSON, of groups that one is not in, for example.
function parseJson(output: string): unknown {
	const start = output.search(/^[\[\{]/mv);
	if (start === -1) {
		throw new Error('The answer has no JSON in it.');
	}

	return JSON.parse(output.slice(start));
}

function checked<Value>(schema: z.ZodMiniType<Value>, answer: unknown): Value {
	const {data, success} = schema.safeParse(answer);
	if (!success) {
		throw new Error('The answer is no list of GPUs.');
	}

	return data;
}

function fieldOf(value: unknown, name: string): unknown {
	return recordSchema.safeParse(value).data?.[name];
}

function addressOf(value: unknown): string | undefined {
	return pciAddress(typeof value === 'string' ? value : undefined);
}

function sizeOf(size: unknown): number | undefined {
	const megabytes = toCount(fieldOf(size, 'value') ?? size);
	return megabytes === undefined || megabytes === 0 ? undefined : megabytes * megabyte;
}
