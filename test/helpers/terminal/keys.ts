const named: Readonly<Record<string, string>> = {
	enter: '\r',
	escape: '\u{1B}',
	tab: '\t',
	'shift+tab': '\u{1B}[Z',
	space: ' ',
	backspace: '\u{7F}',
	delete: '\u{1B}[3~',
	up: '\u{1B}[A',
	down: '\u{1B}[B',
	right: '\u{1B}[C',
	left: '\u{1B}[D',
	home: '\u{1B}[H',
	end: '\u{1B}[F',
	pageup: '\u{1B}[5~',
	pagedown: '\u{1B}[6~',
};

/**
The bytes a terminal sends for a key: `Enter`, `Escape`, `Tab`, `Shift+Tab`, `Space`, `Backspace`, `Delete`, `Up`, `Down`, `Left`, `Right`, `Home`, `End`, `PageUp`, `PageDown`, `Ctrl+C` (any letter), or a single character as it is.

@throws {Error} When the name is none of these.
*/
export function keyBytes(key: string): string {
	const bytes = named[key.toLowerCase()];
	if (bytes !== undefined) {
		return bytes;
	}

	const control = /^ctrl\+(?<letter>[a-z])$/iv.exec(key)?.groups?.letter;
	if (control !== undefined) {
		return String.fromCodePoint(control.toLowerCase().codePointAt(0)! - 96);
	}

	if ([...new Intl.Segmenter().segment(key)].length === 1) {
		return key;
	}

	throw new Error(`No such key: ${key}`);
}
