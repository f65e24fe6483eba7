import path from 'node:path';
import * as z from 'zod/mini';
import {parseHours} from '../../format/hours.js';
import {isLoopback} from '../network/loopback.js';

// Kinds of settings. The message of each says what is allowed, so that an error can read “PATH must be MESSAGE”.
// Each is one check of its own rather than a chain of zod's: every link costs a tenth of a millisecond, at every start.

/**
A whole number within bounds.
*/
export function whole(minimum: number, maximum: number) {
	return checked<number>(`a whole number from ${minimum} to ${maximum}`, value => Number.isSafeInteger(value) && isWithin(value, minimum, maximum));
}

/**
A number within bounds.
*/
export function decimal(minimum: number, maximum: number) {
	return checked<number>(`a number from ${minimum} to ${maximum}`, value => isWithin(value, minimum, maximum));
}

/**
One of a few words.
*/
export function choice<const Words extends readonly [string, ...string[]]>(words: Words) {
	return z.enum(words, {error: words.map(word => `"${word}"`).join(' or ')});
}

const controls = /\p{Control}/v;
const controlsButLines = /[\p{Control}--[\t\n]]/v;

/**
Text in one line.
*/
export function line(maximumLength: number) {
	return checkedText(`a line of 1 to ${maximumLength} characters`, text => text !== '' && text.length <= maximumLength && !controls.test(text));
}

/**
A name that can stand in the path of a setting and on a command line.
*/
export function name() {
	return checkedText('a name of letters, digits, - and _', text => /^[\p{Letter}\p{Number}][\p{Letter}\p{Number}\-_]{0,39}$/v.test(text));
}

/**
Text in any number of lines; may be empty.
*/
export function lines(maximumLength: number) {
	return checkedText(`a text of at most ${maximumLength} characters`, text => text.length <= maximumLength && !controlsButLines.test(text));
}

/**
A folder that means the same wherever Remuda is started.
*/
export function folder() {
	return checkedText('an absolute path, or one that begins with ~/', text => (path.isAbsolute(text) || /^~(?:\/|$)/v.test(text)) && text.length <= 4096 && !controls.test(text));
}

/**
A file that means the same wherever Remuda is started.
*/
export function file() {
	return folder();
}

/**
Yes or no.
*/
export function flag() {
	return checked<boolean>('true or false', value => typeof value === 'boolean');
}

/**
Hours of the day, or nothing for the whole day.
*/
export function hours() {
	return checkedText('hours such as 23:00-07:00, or empty', text => text === '' || parseHours(text) !== undefined);
}

/**
Addresses of servers, each once.
*/
export function endpoints(maximum: number) {
	return checked<readonly string[]>(`up to ${maximum} different https:// addresses (http:// for this machine only)`, value => Array.isArray(value)
		&& value.length <= maximum && value.every(entry => typeof entry === 'string' && isEndpoint(entry)) && areDistinct(value as readonly string[]));
}

function areDistinct(addresses: readonly string[]): boolean {
	return new Set(addresses.map(address => serverOf(address))).size === addresses.length;
}

/**
`https://a` and `https://A/` are one.
*/
function serverOf(address: string): string {
	const {href} = new URL(address);
	return href.endsWith('/') ? href.slice(0, -1) : href;
}

/**
A server's address without credentials.
*/
export function endpoint() {
	return checkedText('an https:// address (http:// for this machine only)', isEndpoint);
}

function isEndpoint(text: string): boolean {
	const url = controls.test(text) ? null : URL.parse(text);
	return url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
		&& (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)));
}

function checkedText(error: string, isAllowed: (text: string) => boolean) {
	return checked<string>(error, value => typeof value === 'string' && isAllowed(value));
}

function checked<Value>(error: string, isAllowed: (value: unknown) => boolean) {
	return z.custom<Value>(isAllowed, {error});
}

function isWithin(value: unknown, minimum: number, maximum: number): boolean {
	return typeof value === 'number' && value >= minimum && value <= maximum;
}

/**
Settings under one key. Each may be missing, and so may the group.
*/
export function group<const Shape extends Readonly<Record<string, z.ZodMiniType>>>(shape: Shape) {
	return z.prefault(z.strictObject(shape, {error: 'a group of settings: { … }'}), {} as never);
}

/**
Any number of groups of settings by name.
*/
export function named<Type extends z.ZodMiniType>(type: Type) {
	return z._default(z.record(name(), type, {error: 'groups of settings by name: { "NAME": { … } }'}), {});
}
