import process from 'node:process';
import {type MemoryReport} from '../../types/hardware.js';
import {type Environment} from '../network/environment.js';
import {runProgram} from './run-program.js';

/**
Kind, speed and channels of the memory modules, which only an administrator may ask for on Linux; empty for all others, without a warning, for that is the usual.
*/
export async function readMemoryModules(environment: Environment): Promise<Pick<MemoryReport, 'kind' | 'channels'>> {
	if (process.platform !== 'linux' || process.getuid?.() !== 0) {
		return {};
	}

	try {
		return parseMemoryModules(await runProgram('dmidecode', ['-t', 'memory'], environment));
	} catch {
		return {};
	}
}

/**
Reads dmidecode's `Memory Device` records. Channels are told only where the board names them (`CHANNEL A`, `ChannelB-DIMM0`); the slowest module decides.
*/
export function parseMemoryModules(output: string): Pick<MemoryReport, 'kind' | 'channels'> {
	const modules = output.split(/^Memory Device$/mv).slice(1).map(record => ({
		type: fieldOf(record, 'Type'),
		speed: Number(/^(?<speed>\d{3,5}) M/v.exec(fieldOf(record, 'Configured Memory Speed') ?? fieldOf(record, 'Configured Clock Speed') ?? fieldOf(record, 'Speed') ?? '')?.groups!.speed),
		channel: /channel[ \-_]?(?<channel>[a-p])/iv.exec(`${fieldOf(record, 'Bank Locator')} ${fieldOf(record, 'Locator')}`)?.groups!.channel?.toUpperCase(),
	})).filter(({type, speed}) => /^LPDDR\d|^DDR\d/v.test(type ?? '') && speed > 0);
	if (modules.length === 0) {
		return {};
	}

	const channels = new Set(modules.map(({channel}) => channel));
	return {
		kind: `${modules[0]!.type}-${Math.min(...modules.map(({speed}) => speed))}`,
		...(!channels.has(undefined) && {channels: channels.size}),
	};
}

function fieldOf(record: string, name: string): string | undefined {
	return new RegExp(String.raw`^\t${name}: (?<value>.{1,60})$`, 'mv').exec(record)?.groups!.value?.trim();
}
