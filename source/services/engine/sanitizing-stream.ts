import {sanitizeText} from '../../format/sanitize.js';

const escape = '\u{1B}';
const introducers = [escape, '\u{9B}'];
const systemCommand = `${escape}]`;
const terminators = ['\u{7}', '\u{9C}', `${escape}\\`];
const parameters = /^[\d#\(\):;?\[\]]*$/v;

// Longer sequences than these are no sequences; they go through, to be stripped of what is harmful.
const longestParameters = 64;
const longestSystemCommand = 1024;

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
	const command = text.lastIndexOf(systemCommand);
	if (command !== -1 && text.length - command <= longestSystemCommand && terminators.every(terminator => !text.includes(terminator, command))) {
		return command;
	}

	const introducer = Math.max(...introducers.map(character => text.lastIndexOf(character)));
	const following = text.slice(introducer + 1);
	if (introducer !== -1 && following.length <= longestParameters && parameters.test(following)) {
		return introducer;
	}

	return isHalfAtEnd(text) ? text.length - 1 : text.length;
}

/**
Whether the last character is the first of a pair: of surrogates, or of a line break.
*/
function isHalfAtEnd(text: string): boolean {
	return text.endsWith('\r') || /[\u{D800}-\u{DBFF}]$/v.test(text);
}
