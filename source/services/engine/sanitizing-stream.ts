import {unfinishedSequence} from '../../format/escape-sequences.js';
import {sanitizeText} from '../../format/sanitize.js';

// Longer sequences than this are none; they go through, to be stripped of what is harmful.
const longestSequence = 1024;

export type SanitizingStream = {
	/**
	Takes the next piece of text; returns what can be shown of it now.
	*/
	readonly push: (text: string) => string;
	/**
	What is left at the end.
	*/
	readonly flush: () => string;
};

/**
Sanitises text that comes in pieces: a piece that ends inside an escape sequence, a surrogate pair or a line break is held back until the rest is there.
*/
export function createSanitizingStream(): SanitizingStream {
	let held = '';
	return {
		push(text) {
			const all = held + text;
			const end = openEnd(all);
			held = all.slice(end);
			return sanitizeText(all.slice(0, end));
		},
		flush() {
			const rest = held;
			held = '';
			return sanitizeText(rest);
		},
	};
}

/**
Where the part that must wait for more begins; the length of the text if there is none.
*/
function openEnd(text: string): number {
	const begin = text.search(unfinishedSequence);
	if (begin !== -1 && text.length - begin <= longestSequence) {
		return begin;
	}

	return isHalfAtEnd(text) ? text.length - 1 : text.length;
}

/**
Whether the last character is the first of a pair: of surrogates, or of a line break.
*/
function isHalfAtEnd(text: string): boolean {
	return text.endsWith('\r') || /[\u{D800}-\u{DBFF}]$/v.test(text);
}
