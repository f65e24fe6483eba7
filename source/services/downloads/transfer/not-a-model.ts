import {Buffer} from 'node:buffer';
import {IntegrityError} from '../../../errors/integrity-error.js';

const magic = Buffer.from('GGUF');

export function notAModel(path: string, why: string): IntegrityError {
	return new IntegrityError(`${path} is not a model: ${why}.`, {
		code: 'not_a_model',
		hint: 'A login page of the network may be in the way, or the repository is broken.',
	});
}

/**
Looks at the first bytes of what claims to be a GGUF file, however small the pieces are that they come in.
*/
export function createMagicCheck(path: string): (piece: Uint8Array) => void {
	let seen = path.toLowerCase().endsWith('.gguf') ? 0 : magic.length;
	return piece => {
		for (let offset = 0; seen < magic.length && offset < piece.length; offset++, seen++) {
			if (piece[offset] !== magic[seen]) {
				throw notAModel(path, 'it does not begin with GGUF');
			}
		}
	};
}
