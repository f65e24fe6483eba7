import {simulateMachine} from '../services/hardware/simulate/simulate-machine.js';
import {type HardwareReport} from '../types/hardware.js';
import {type CommandContext} from './command.js';
import {textFlag} from './flags.js';

/**
The machine that `--simulate` describes, with what it does not say taken from this one; undefined where the flag was not given.
@throws UsageError `unknown_hardware`.
*/
export async function simulatedMachine(context: CommandContext): Promise<HardwareReport | undefined> {
	const description = textFlag(context.flags, 'simulate');
	if (description === undefined) {
		return undefined;
	}

	const {hardware} = await context.services();
	return simulateMachine(description, await hardware.probe({signal: context.signal}));
}
