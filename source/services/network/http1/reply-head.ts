import {textPattern, tokenPattern} from './grammar.js';
import {SyntaxViolation} from './syntax-violation.js';

export type ReplyHead = {
	readonly status: number;
	/**
	Lower-case names; repeated headers are joined by `, `.
	*/
	readonly headers: Readonly<Record<string, string>>;
	/**
	Whether the connection may be used again once the body is read.
	*/
	readonly keepsAlive: boolean;
};

const statusLine = new RegExp(String.raw`^HTTP/1\.(?<minor>[01]) (?<status>[1-9]\d{2})(?: ${textPattern})?$`, 'v');
const headerName = new RegExp(`^${tokenPattern}$`, 'v');
const headerText = new RegExp(`^${textPattern}$`, 'v');

/**
Reads the lines of a head, which end in CR LF: a lone CR or LF is part of a line and makes it invalid.
@throws SyntaxViolation
*/
export function parseReplyHead(text: string): ReplyHead {
	const [first = '', ...lines] = text.split('\r\n');
	const {minor, status} = statusLine.exec(first)?.groups ?? {};
	if (status === undefined) {
		throw new SyntaxViolation('The answer does not begin as one of HTTP/1.1 does.');
	}

	const headers = new Map<string, string>();
	for (const line of lines) {
		const colon = line.indexOf(':');
		const name = line.slice(0, Math.max(0, colon));
		const content = line.slice(colon + 1);
		// No space before the colon and none before the name, where another program might read another header.
		if (!headerName.test(name) || !headerText.test(content)) {
			throw new SyntaxViolation('The answer has a header that is none.');
		}

		const key = name.toLowerCase();
		const value = withoutBlanks(content);
		const before = headers.get(key);
		headers.set(key, before === undefined ? value : `${before}, ${value}`);
	}

	const options = (headers.get('connection') ?? '').toLowerCase().split(/[\t ,]+/v);
	return {status: Number(status), headers: Object.fromEntries(headers), keepsAlive: minor === '1' && !options.includes('close')};
}

/**
Without the tabs and spaces around it, and those only: what is a blank elsewhere is a part of the value here. By hand, because a pattern that finds blanks at the end takes the square of their number.
*/
function withoutBlanks(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && isBlank(text[start])) {
		start++;
	}

	while (end > start && isBlank(text[end - 1])) {
		end--;
	}

	return text.slice(start, end);
}

function isBlank(character: string | undefined): boolean {
	return character === ' ' || character === '\t';
}
