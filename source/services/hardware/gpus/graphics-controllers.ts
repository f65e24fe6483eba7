import process from 'node:process';
import {fileURLToPath} from 'node:url';
import * as z from 'zod/mini';
import {type Environment} from '../../network/environment.js';
import {runProgram} from '../run-program.js';
import {
	known,
	pciAddress,
	toLine,
	vendorOf,
	type FoundGpu,
} from './found-gpu.js';

const mebibyte = 1024 ** 2;
const script = 'require(process.argv[1]).graphics().then(found => process.stdout.write(JSON.stringify(found.controllers)))';

const controllersSchema = z.array(z.record(z.string(), z.unknown()));

/**
The graphics controllers that systeminformation finds.
It waits synchronously for other programs, so it runs in a process of its own that can be killed, and without a display, which it would ask for its monitors.
*/
export async function queryGraphicsControllers(environment: Environment): Promise<readonly FoundGpu[]> {
	const library = fileURLToPath(import.meta.resolve('systeminformation'));
	return parseControllers(await runProgram(process.execPath, ['-e', script, library], environment));
}

/**
Reads systeminformation's list of controllers, where memory is in MiB. Those that only show a picture, of virtual machines and of servers' consoles, are left out.
*/
export function parseControllers(json: string): readonly FoundGpu[] {
	const {data, success} = controllersSchema.safeParse(JSON.parse(json));
	if (!success) {
		throw new Error('The answer is no list of GPUs.');
	}

	return data.flatMap(({vendor, model, vram, driverVersion, busAddress}) => {
		const name = toLine(model);
		const called = toLine(vendor) ?? '';
		if (pictureOnly.test(`${called} ${name}`)) {
			return [];
		}

		const maker = vendorOf(`${called} ${name}`) ?? (called === '' ? 'unknown vendor' : called);
		const isUnifiedMemory = maker === 'Apple';
		return [{
			vendor: maker,
			...known({
				name,
				driver: toLine(driverVersion),
				address: pciAddress(typeof busAddress === 'string' ? busAddress : undefined),
				vramTotalBytes: hasOwnMemory(maker, vram) ? vram * mebibyte : undefined,
			}),
			unifiedMemory: isUnifiedMemory,
		}];
	});
}

const pictureOnly = /red hat|virtio|vmware|svga|\bqxl\b|bochs|cirrus|aspeed|matrox|hyper-v|basic (?:render|display)|virtualbox|innotek|parallels|1234:1111/iv;

// For Intel's and AMD's it is the size of a window to the card, as lspci has it, or a part of main memory.
function hasOwnMemory(maker: string, vram: unknown): vram is number {
	return typeof vram === 'number' && vram > 0 && maker !== 'Apple' && vram >= 1024;
}
