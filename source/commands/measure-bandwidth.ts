import {RemudaError} from '../errors/remuda-error.js';
import {type CommandContext} from './command.js';

/**
Measures what the memory of this machine delivers if that was never done while it was idle, because estimates of speed are twice too high without it on machines that have only a part of their processor. Half a second; where it cannot be measured, they do without.
*/
export async function measureBandwidth(context: CommandContext): Promise<void> {
	const {hardware} = await context.services();
	try {
		await hardware.bandwidth({signal: context.signal});
	} catch (error) {
		if (!(error instanceof RemudaError)) {
			throw error;
		}
	}
}
