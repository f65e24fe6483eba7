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
A kind of value that can be typed.
*/
export type ValueKind<Value> = {
	/**
	In words, for the error: `a size such as 20GB`.
	*/
	readonly wanted: string;
	/**
	Undefined for a text that is none.
	*/
	readonly read: (text: string) => Value | undefined;
};

/**
A whole number within its range; undefined where the flag was not given.
@throws ArgumentError `invalid_flag`.
*/
export function integerFlag(flags: Flags, key: string, {minimum, maximum}: Range): number | undefined {
	return valueFlag(flags, key, {
		wanted: `a whole number from ${minimum} to ${maximum}`,
		read(text) {
			const value = /^-?\d{1,16}$/v.test(text) ? Number(text) : NaN;
			return value >= minimum && value <= maximum ? value : undefined;
		},
	});
}

/**
A number within its range; undefined where the flag was not given.
@throws ArgumentError `invalid_flag`.
*/
export function numberFlag(flags: Flags, key: string, {minimum, maximum}: Range): number | undefined {
	return valueFlag(flags, key, {
		wanted: `a number from ${minimum} to ${maximum}`,
		read(text) {
			const value = /^-?(?:\d+(?:\.\d*)?|\.\d+)$/v.test(text) ? Number(text) : NaN;
			return value >= minimum && value <= maximum ? value : undefined;
		},
	});
}

/**
Bytes, for example from `20GB`; undefined where the flag was not given.
@throws ArgumentError `invalid_flag`.
*/
export function bytesFlag(flags: Flags, key: string): number | undefined {
	return valueFlag(flags, key, {wanted: 'a size such as 500MB, 20GB or 1.5TiB', read: parseBytes});
}

/**
Text, even empty; undefined where the flag was not given.
*/
export function textFlag(flags: Flags, key: string): string | undefined {
	const value = flags[key];
	return typeof value === 'string' ? value : undefined;
}

/**
A value of any kind; undefined where the flag was not given.
@throws ArgumentError `invalid_flag`.
*/
export function valueFlag<Value>(flags: Flags, key: string, kind: ValueKind<Value>): Value | undefined {
	const given = flags[key];
	return given === undefined ? undefined : readValue(typeof given === 'string' ? given : '', {name: flagName(key), code: 'invalid_flag'}, kind);
}

/**
A value that was typed as `name`.
@throws ArgumentError with `code`.
*/
export function readValue<Value>(typed: string, {name, code}: {readonly name: string; readonly code: string}, {wanted, read}: ValueKind<Value>): Value {
	const text = typed.trim();
	const value = read(text);
	if (value === undefined) {
		const shown = text === '' ? 'nothing' : `“${sanitizeLine(text).slice(0, 40)}”`;
		throw new ArgumentError(`${name} needs ${wanted}, but got ${shown}.`, {code});
	}

	return value;
}
