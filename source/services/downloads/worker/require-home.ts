import {access} from 'node:fs/promises';
import {RemudaError} from '../../../errors/remuda-error.js';
import {sanitizeLine} from '../../../format/sanitize.js';

/**
A home that was removed is not made again unless somebody asks for something.
@throws RemudaError `home_gone`.
*/
export async function requireHome(home: string): Promise<void> {
	try {
		await access(home);
	} catch (error) {
		throw new RemudaError(`${sanitizeLine(home)} is gone.`, {
			code: 'home_gone',
			hint: 'Put it back, or start Remuda again for a new one.',
			cause: error,
		});
	}
}
