import process from 'node:process';
import {type GpuReport} from '../../../types/hardware.js';
import {type Environment} from '../../network/environment.js';
import {keepComplete} from '../keep-complete.js';
import {withLimit, type Finding} from '../with-limit.js';
import {queryAmdTools} from './amd-tools.js';
import {nameDevice} from './device-names.js';
import {readDrmCards, type DrmCard} from './drm-cards.js';
import {type FoundGpu} from './found-gpu.js';
import {createGpuMeter} from './gpu-meter.js';
import {queryGraphicsControllers} from './graphics-controllers.js';
import {readJetson} from './jetson.js';
import {mergeGpus} from './merge-gpus.js';
import {querySystemProfiler} from './system-profiler.js';
import {markHidden} from './visible-devices.js';

export type GpuFinder = {
	/**
	All GPUs, with what they have free now, and sentences about what could not be found out.
	*/
	readonly find: () => Promise<{readonly gpus: readonly GpuReport[]; readonly warnings: readonly string[]}>;
	/**
	The same GPUs at once: memory that the kernel shows is read now, NVIDIA's was asked for at most 2 s ago or is being asked for.
	*/
	readonly sample: () => Promise<readonly GpuReport[]>;
};

type Named = {readonly named: readonly FoundGpu[]; readonly warnings: readonly string[]};

/**
Looks for the GPUs of all makers. Names are looked up until all that were asked have answered; what changes is read anew.
*/
export function createGpuFinder(environment: Environment, systemRoot: string): GpuFinder {
	const meter = createGpuMeter(environment, systemRoot);
	// Asking a card that sleeps wakes it up, which may take long.
	const readCards = async () => withLimit('GPUs that the kernel shows', async () => readDrmCards(systemRoot));
	const findNamed = keepComplete(async () => findNames(environment, systemRoot, readCards), ({warnings}) => warnings.length === 0);

	const merge = async (nvidia: readonly FoundGpu[] | undefined, named: readonly FoundGpu[]): Promise<readonly GpuReport[]> => {
		// Loaded here: the table of GPUs is large.
		const [{identifyGpu}, cards] = await Promise.all([import('./identify-gpu.js'), readCards()]);
		const board = named.find(({name}) => name?.includes('Jetson'))?.name;
		const asked = nvidia?.map(gpu => (board !== undefined && gpu.name?.includes('nvgpu') === true ? {...gpu, name: board} : gpu)) ?? [];
		return mergeGpus([markHidden(asked, environment).gpus, cards.value ?? [], named]).map(gpu => identifyGpu(gpu));
	};

	return {
		async find() {
			const [{named, warnings}, nvidia] = await Promise.all([findNamed(), meter.read()]);
			const gpus = await merge(nvidia.value, named);
			const isDumb = nvidia.value === undefined && nvidia.warning === undefined && gpus.some(({vendor, unifiedMemory}) => vendor === 'NVIDIA' && !unifiedMemory);
			return {
				gpus,
				warnings: [
					...warnings,
					...(nvidia.warning === undefined ? [] : [nvidia.warning]),
					...[markHidden(nvidia.value ?? [], environment).warning].filter(warning => warning !== undefined),
					...(isDumb ? ['There is an NVIDIA GPU, but no nvidia-smi: without NVIDIA’s driver it cannot be used.'] : []),
				],
			};
		},
		async sample() {
			const {named} = await findNamed();
			return merge(meter.latest(), named);
		},
	};
}

async function findNames(environment: Environment, systemRoot: string, readCards: () => Promise<Finding<readonly DrmCard[]>>): Promise<Named> {
	if (process.platform === 'darwin') {
		const {value = [], warning} = await withLimit('system_profiler', async () => querySystemProfiler(environment));
		return {named: value, warnings: warning === undefined ? [] : [warning]};
	}

	const {value: cards = [], warning} = await readCards();
	const [controllers, tools, jetson, ...names] = await Promise.all([
		withLimit('GPUs', async () => queryGraphicsControllers(environment)),
		withLimit('AMD GPUs', async () => (cards.some(({kernelDriver}) => kernelDriver === 'amdgpu') ? queryAmdTools(environment, systemRoot) : undefined)),
		readJetson(systemRoot),
		...cards.map(async (card): Promise<DrmCard> => ({...card, name: card.name ?? await nameDevice(card, systemRoot)})),
	]);
	return {
		// What one buys it as: libdrm's list is the most exact.
		named: mergeGpus([jetson === undefined ? [] : [jetson], namesOnly(names, true), tools.value ?? [], controllers.value ?? [], namesOnly(names, false)]),
		warnings: [warning, controllers.warning, tools.warning].filter(text => text !== undefined),
	};
}

// Names of chips, which may stand for several cards, come last.
function namesOnly(cards: readonly DrmCard[], isExact: boolean): readonly FoundGpu[] {
	return cards
		.filter(({name}) => name !== undefined && name.endsWith(']') !== isExact)
		.map(({vendor, address, name}) => ({
			vendor, ...(address !== undefined && {address}), ...(name !== undefined && {name}),
		}));
}
