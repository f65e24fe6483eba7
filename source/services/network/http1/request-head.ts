import {textPattern, tokenPattern} from './grammar.js';

export type RequestHead = {
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
};

const token = new RegExp(`^${tokenPattern}$`, 'v');
const text = new RegExp(`^${textPattern}$`, 'v');

/**
A GET, as it goes over the wire in latin1. User and password of the URL are left out.
@throws TypeError for a header that would end its line: one that came from a server must not become two.
*/
export function formatRequestHead({url, headers}: RequestHead): string {
	const lines = Object.entries({host: url.host, connection: 'keep-alive', ...headers}).map(([name, content]) => {
		if (!token.test(name) || !text.test(content)) {
			throw new TypeError(`The header ${JSON.stringify(name)} cannot be sent.`);
		}

		return `${name}: ${content}\r\n`;
	});
	return `GET ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
