import {type HardwareReport} from '../types/hardware.js';
import {type CommandContext, type FlagDefinitions} from './command.js';
import {textFlag} from './flags.js';

/**
The flag of commands that can answer for another machine than this one.
*/
export const simulateFlag = {
	simulate: {type: 'string', placeholder: 'MACHINE', description: 'Answer for another machine: "RTX 4090, 64 GB", "2x RTX 3090, Ryzen 9 7950X, 128 GB", "M3 Max, 36 GB"'},
} as const satisfies FlagDefinitions;

/**
The machine that `--simulate` describes, where it was given, else this one.
@throws UsageError `unknown_hardware`.
*/
export async function machineFor({flags, services, signal}: Pick<CommandContext, 'flags' | 'services' | 'signal'>): Promise<HardwareReport> {
	const {hardware} = await services();
	const description = textFlag(flags, 'simulate');
	const report = await hardware.probe({signal});
	if (description === undefined) {
		return report;
	}

	// Loaded here: the tables are large, and it is rare.
	const {simulateMachine} = await import('../services/hardware/simulate/simulate-machine.js');
	return simulateMachine(description, report);
}
