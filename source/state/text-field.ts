import {sanitizeText} from '../format/sanitize.js';
import {type Keypress} from '../types/keypress.js';

/**
A line or block of text under edit. The cursor is an index into `value`, always between two graphemes.
*/
export type TextField = {
	readonly value: string;
	readonly cursor: number;
};

/**
Longer input is cut: nothing a person types or pastes comes near it.
*/
const maximumLength = 100_000;

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

export const emptyTextField: TextField = {value: '', cursor: 0};

export function textField(value: string): TextField {
	return {value, cursor: value.length};
}

/**
Applies one key the way shells do (Emacs keys); a key that edits nothing returns the same field.
*/
export function editTextField(field: TextField, keypress: Keypress): TextField {
	const edit = edits[keypress.name];
	if (edit) {
		return edit(field);
	}

	return keypress.text === '' ? field : insert(field, cleanText(keypress.text));
}

/**
The same for a field of one line: what is pasted into it loses its line breaks.
*/
export function editLine(field: TextField, keypress: Keypress): TextField {
	const text = lineFeeds(keypress.text).split('\n').filter(line => line !== '').join(' ');
	return editTextField(field, {...keypress, text});
}

/**
Pasted text is from outside: escape sequences and control characters never get into a field.
*/
function cleanText(text: string): string {
	return sanitizeText(lineFeeds(text));
}

/**
Terminals send a carriage return for every line break of what is pasted.
*/
function lineFeeds(text: string): string {
	return text.replaceAll(/\r\n?/gv, '\n');
}

function insert({value, cursor}: TextField, text: string): TextField {
	const inserted = cutToLength(text, maximumLength - value.length);
	return betweenGraphemes({value: value.slice(0, cursor) + inserted + value.slice(cursor), cursor: cursor + inserted.length});
}

/**
At most `length` UTF-16 units, without half a surrogate pair at the end.
*/
function cutToLength(text: string, length: number): string {
	const shorter = text.slice(0, Math.max(0, length));
	return /[\u{D800}-\u{DBFF}]$/v.test(shorter) ? shorter.slice(0, -1) : shorter;
}

/**
Text that meets may join into one grapheme, as a letter and an accent do; the cursor then goes behind it.
*/
function betweenGraphemes({value, cursor}: TextField): TextField {
	const joined = cursor === 0 || cursor === value.length ? undefined : graphemes.segment(value).containing(cursor);
	return {value, cursor: joined === undefined || joined.index === cursor ? cursor : joined.index + joined.segment.length};
}

function previousGrapheme({value, cursor}: TextField): number {
	let start = 0;
	for (const {index} of graphemes.segment(value.slice(0, cursor))) {
		start = index;
	}

	return start;
}

function nextGrapheme({value, cursor}: TextField): number {
	const [first] = graphemes.segment(value.slice(cursor));
	return cursor + (first?.segment.length ?? 0);
}

function previousWord({value, cursor}: TextField): number {
	const before = value.slice(0, cursor).trimEnd();
	return Math.max(before.lastIndexOf(' '), before.lastIndexOf('\n')) + 1;
}

function cut(field: TextField, from: number, to: number): TextField {
	return from === to ? field : betweenGraphemes({value: field.value.slice(0, from) + field.value.slice(to), cursor: from});
}

const edits: Readonly<Record<string, (field: TextField) => TextField>> = {
	left: field => ({...field, cursor: previousGrapheme(field)}),
	right: field => ({...field, cursor: nextGrapheme(field)}),
	home: field => ({...field, cursor: 0}),
	end: field => ({...field, cursor: field.value.length}),
	'ctrl+a': field => ({...field, cursor: 0}),
	'ctrl+e': field => ({...field, cursor: field.value.length}),
	'ctrl+b': field => ({...field, cursor: previousGrapheme(field)}),
	'ctrl+f': field => ({...field, cursor: nextGrapheme(field)}),
	backspace: field => cut(field, previousGrapheme(field), field.cursor),
	delete: field => cut(field, field.cursor, nextGrapheme(field)),
	'ctrl+d': field => cut(field, field.cursor, nextGrapheme(field)),
	'ctrl+w': field => cut(field, previousWord(field), field.cursor),
	'ctrl+u': field => cut(field, 0, field.cursor),
	'ctrl+k': field => cut(field, field.cursor, field.value.length),
};
