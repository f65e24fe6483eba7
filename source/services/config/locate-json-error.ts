const space = /[\t\n\r ]*/vy;
// RFC 8259: a string holds no bare control characters and only these escapes.
const string = /"(?:[\u{20}\u{21}\u{23}-\u{5B}\u{5D}-\u{10FFFF}]|\\(?:["\/\\bfnrt]|u[\dA-Fa-f]{4}))*"/vy;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+\-]?\d+)?|true|false|null/vy;
// No setting is nested this deep; a hostile file may be, to exhaust the stack.
const maximumDepth = 100;

export type TextPosition = {
	/**
	Both count from 1.
	*/
	readonly line: number;
	readonly column: number;
};

/**
Where a JSON text stops being JSON; undefined when it is valid and nests at most 100 levels. `JSON.parse` tells the place of some mistakes only.
*/
export function locateJsonError(text: string): TextPosition | undefined {
	const offset = new Scanner(text).findError();
	if (offset === undefined) {
		return undefined;
	}

	const before = text.slice(0, offset).split('\n');
	return {line: before.length, column: before.at(-1)!.length + 1};
}

/**
Walks over the text and throws where it cannot go on; the offset then stays at that place.
*/
class Scanner {
	readonly #text: string;
	#offset = 0;
	#depth = 0;

	constructor(text: string) {
		this.#text = text;
	}

	#value(): void {
		const first = this.#peek();
		if (first === '{') {
			this.#list('}', () => {
				this.#entry();
			});
		} else if (first === '[') {
			this.#list(']', () => {
				this.#value();
			});
		} else {
			this.#match(first === '"' ? string : scalar);
		}
	}

	#entry(): void {
		this.#peek();
		this.#match(string);
		this.#expect(':');
		this.#value();
	}

	#list(close: string, item: () => void): void {
		if (this.#depth === maximumDepth) {
			throw new SyntaxError('Too deep.');
		}

		this.#depth++;
		this.#offset++;
		if (this.#peek() !== close) {
			item();
			while (this.#peek() === ',') {
				this.#offset++;
				item();
			}
		}

		this.#expect(close);
		this.#depth--;
	}

	/**
	The next character that is not space; undefined at the end.
	*/
	#peek(): string | undefined {
		this.#match(space);
		return this.#text[this.#offset];
	}

	#expect(character: string | undefined): void {
		if (this.#peek() !== character) {
			throw new SyntaxError('Unexpected character.');
		}

		this.#offset++;
	}

	#match(pattern: RegExp): void {
		pattern.lastIndex = this.#offset;
		if (!pattern.test(this.#text)) {
			throw new SyntaxError('Unexpected token.');
		}

		this.#offset = pattern.lastIndex;
	}

	findError(): number | undefined {
		try {
			this.#value();
			this.#expect(undefined);
			return undefined;
		} catch {
			return this.#offset;
		}
	}
}
