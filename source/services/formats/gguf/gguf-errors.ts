import {IntegrityError} from '../../../errors/integrity-error.js';
import {sanitizeLine} from '../../../format/sanitize.js';

const longestText = 80;

/**
Text from the file, fit for a message: cleaned and cut.
*/
export function quoteFromFile(text: string): string {
	const clean = sanitizeLine(text.slice(0, longestText)).toWellFormed();
	return `“${clean}${text.length > longestText ? '…' : ''}”`;
}

/**
The file is not a GGUF file at all.
*/
export function notModelError(label: string, what: string): IntegrityError {
	return new IntegrityError(`${label} is not a GGUF model: ${what}.`, {code: 'not_a_model', hint: 'Choose a file in the GGUF format; Remuda runs no other.'});
}

/**
The file breaks a rule of the format, or says something of the model that cannot be.
*/
export function brokenModelError(label: string, why: string): IntegrityError {
	return new IntegrityError(`${label} is broken: ${why}.`, {code: 'broken_model', hint: 'Download it again. If it stays so, it is broken at its source.'});
}

/**
The file may be right, but nothing here can run it.
*/
export function unsupportedModelError(label: string, why: string, hint: string): IntegrityError {
	return new IntegrityError(`${label} is not supported: ${why}.`, {code: 'unsupported_model', hint});
}
