import {type SpeedModel} from '../../../types/speed-subject.js';
import {type GenerationTime} from './generation-time.js';
import {type ResolvedMachine} from './resolve-machine.js';
import {layersOf} from './token-work.js';
import {type TokenTime} from './processor-time.js';

/**
Sentences for people: where the model runs, what one token's time is spent on, and what was assumed.
*/
export function explainSpeed(model: SpeedModel, machine: ResolvedMachine, time: GenerationTime): readonly string[] {
	const {gpu, cpu} = machine;
	const lines: string[] = [];
	if (gpu !== undefined && time.gpu !== undefined) {
		const name = machine.gpuCount > 1 ? `${machine.gpuCount} × ${gpu.name}` : gpu.name;
		lines.push(`${partOf(time.placement.gpuShare)} on ${name} (${rounded(gpu.bandwidthGBs)} GB/s): ${spentOn(time.gpu)}.`);
	}

	if (time.cpu !== undefined) {
		lines.push(`${partOf(1 - time.placement.gpuShare)} on ${cpu.name} (${rounded(cpu.bandwidthGBs)} GB/s of main memory${cpu.bandwidthFromName ? ' at most, by its name' : ''}): ${spentOn(time.cpu)}.`);
	}

	if (time.gpu !== undefined && time.cpu !== undefined) {
		lines.push('Each token passes through both sides one after the other, so the slower side decides.');
	}

	if (gpu?.assumed === true && time.gpu !== undefined) {
		lines.push(`The memory bandwidth of ${gpu.name} is not known; that of similar GPUs is assumed.`);
	}

	if (cpu.assumed && time.cpu !== undefined) {
		lines.push(`The memory bandwidth of ${cpu.name} is not known; two channels of DDR5-4800 are assumed.`);
	}

	if (cpu.measuredWhileBusy && time.cpu !== undefined) {
		lines.push('The bandwidth of the main memory was measured while the machine was busy and may be more: remuda hardware --measure measures it again.');
	}

	if (model.layers === undefined) {
		lines.push(`The number of layers is not known; ${layersOf(model)} are assumed.`);
	}

	return lines;
}

function spentOn({total, reading, computing, overhead, context}: TokenTime): string {
	const [bound] = ([
		[reading, 'bound by memory bandwidth'],
		[computing, 'bound by unpacking the weights'],
		[overhead, 'bound by the fixed cost of each layer'],
		[context, 'bound by reading the context'],
	] as const).toSorted((a, b) => b[0] - a[0])[0]!.slice(1);
	const parts = [`${milliseconds(reading)} reading weights`, `${milliseconds(overhead)} layer overhead`, ...(context > total / 50 ? [`${milliseconds(context)} reading the context`] : [])];
	return `${milliseconds(total)} a token, ${bound} (${parts.join(', ')})`;
}

function milliseconds(value: number): string {
	return `${value >= 10 ? Math.round(value) : value.toFixed(1)} ms`;
}

function rounded(value: number): string {
	return String(Math.round(value));
}

function partOf(share: number): string {
	return share === 1 ? 'All' : `${Math.round(share * 100)} % of the weights`;
}
