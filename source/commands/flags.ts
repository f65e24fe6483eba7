import {parseBytes} from '../format/bytes.js';
import {sanitizeLine} from '../format/sanitize.js';
import {ArgumentError} from './argument-error.js';
import {type Flags} from './command.js';

/**
`maxTokens` as it is typed: `--max-tokens`.
*/
export function flagName(key: string): string {
	return `--${key.replaceAll(/[A-Z]/gv, letter => `-${letter.toLowerCase()}`)}`;
}

type Range = {readonly minimum: number; readonly maximum: number};

/**
A whole number within its range; undefined where the flag was not given.
@throws ArgumentError `invalid_flag`.
*/
export function integerFlag(flags: Flags, key: string, {minimum, maximum}: Range): number | undefined {
	return readFlag(flags, key, `a whole number from ${minimum} to ${maximum}`, text => {
		const value = /^-?\d{1,16}$/v.test(text) ? Number(text) : NaN;
		return value >= minimum && value <= maximum ? value : undefined;
	});
}

/**
A number within its range; undefined where the flag was not given.
@throws ArgumentError `invalid_flag`.
*/
export function numberFlag(flags: Flags, key: string, {minimum, maximum}: Range): number | undefined {
	return readFlag(flags, key, `a number from ${minimum} to ${maximum}`, text => {
		const value = /^-?(?:\d+(?:\.\d*)?|\.\d+)$/v.test(text) ? Number(text) : NaN;
		return value >= minimum && value <= maximum ? value : undefined;
	});
}

/**
Bytes, for example from `20GB`; undefined where the flag was not given.
@throws ArgumentError `invalid_flag`.
*/
export function bytesFlag(flags: Flags, key: string): number | undefined {
	return readFlag(flags, key, 'a size such as 500MB, 20GB or 1.5TiB', parseBytes);
}

/**
Text, even empty; undefined where the flag was not given.
*/
export function textFlag(flags: Flags, key: string): string | undefined {
	const value = flags[key];
	return typeof value === 'string' ? value : undefined;
}

function readFlag(flags: Flags, key: string, wanted: string, read: (text: string) => number | undefined): number | undefined {
	const given = flags[key];
	if (given === undefined) {
		return undefined;
	}

	const text = typeof given === 'string' ? given.trim() : '';
	const value = read(text);
	if (value === undefined) {
		const shown = text === '' ? 'nothing' : `“${sanitizeLine(text).slice(0, 40)}”`;
		throw new ArgumentError(`${flagName(key)} needs ${wanted}, but got ${shown}.`, {code: 'invalid_flag'});
	}

	return value;
}
