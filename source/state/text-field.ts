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

	return keypress.text === '' ? field : insert(field, keypress.text);
}

function insert({value, cursor}: TextField, text: string): TextField {
	const inserted = text.slice(0, Math.max(0, maximumLength - value.length));
	return {value: value.slice(0, cursor) + inserted + value.slice(cursor), cursor: cursor + inserted.length};
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
	return {value: field.value.slice(0, from) + field.value.slice(to), cursor: from};
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
