import {sequences} from './escape-sequences.js';

// Control characters but the newline, and the marks that reorder or hide text (Trojan Source).
const controls = /[\p{Bidi_Control}\u{200B}\u{2028}\u{2029}\u{2060}\u{FEFF}[\p{Control}--\n]]/gv;

/**
Text from outside, safe for a terminal: escape sequences and control characters go, newlines stay, a tab becomes spaces.
*/
export function sanitizeText(text: string): string {
	return text.replaceAll('\r\n', '\n').replaceAll(sequences, '').replaceAll('\t', ' '.repeat(4)).replaceAll(controls, '');
}

/**
The same on one line: newlines become spaces.
*/
export function sanitizeLine(text: string): string {
	return sanitizeText(text).split('\n').map(line => line.trim()).filter(line => line !== '').join(' ');
}
