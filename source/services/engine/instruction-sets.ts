import {readFile} from 'node:fs/promises';
import {instructionSetsOf} from '../hardware/instruction-sets.js';

/**
What the kernel says of the processor's instructions (Linux); undefined elsewhere. Quicker than a probe of the whole machine.
*/
export async function readInstructionSets(file = '/proc/cpuinfo'): Promise<readonly string[] | undefined> {
	const text = await readFile(file, 'utf8').catch(() => '');
	const flags = /^(?:flags|Features)\s*:(?<flags>[^\n]+)/mv.exec(text)?.groups?.flags;
	return flags === undefined ? undefined : instructionSetsOf(flags);
}
