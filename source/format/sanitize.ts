import {stripVTControlCharacters} from 'node:util';

// C0 and C1 controls, and the marks that reorder or hide text (Trojan Source).
const controls = /[\u{0}-\u{8}\u{B}-\u{1F}\u{7F}-\u{9F}\u{61C}\u{200B}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2060}\u{2066}-\u{2069}\u{FEFF}]/gv;

/**
Text from outside, safe for a terminal: escape sequences and control characters go, newlines stay, a tab becomes spaces.
*/
export function sanitizeText(text: string): string {
	return stripVTControlCharacters(text.replaceAll('\r\n', '\n')).replaceAll('\t', ' '.repeat(4)).replaceAll(controls, '');
}

/**
The same on one line: newlines become spaces.
*/
export function sanitizeLine(text: string): string {
	return sanitizeText(text).replaceAll(/\s*\n\s*/gv, ' ').trim();
}
