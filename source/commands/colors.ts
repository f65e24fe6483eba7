import {styleText} from 'node:util';
import {type OutputStream} from './command.js';

export type Colors = {
	readonly red: (text: string) => string;
	readonly yellow: (text: string) => string;
	readonly green: (text: string) => string;
	readonly bold: (text: string) => string;
	readonly dim: (text: string) => string;
};

/**
Whether a stream may be sent colour and cursor movements.
*/
export function isFancy(stream: OutputStream, environment: NodeJS.ProcessEnv): boolean {
	return stream.isTTY === true && environment.TERM !== 'dumb';
}

/**
Colours for one stream: none where it is not a terminal, or where `NO_COLOR` says so (no-color.org: set and not empty).
*/
export function createColors(stream: OutputStream, environment: NodeJS.ProcessEnv): Colors {
	const isEnabled = isFancy(stream, environment) && (environment.NO_COLOR ?? '') === '';
	const style = (format: keyof Colors) => (text: string) => isEnabled ? styleText(format, text, {validateStream: false}) : text;
	return {
		red: style('red'),
		yellow: style('yellow'),
		green: style('green'),
		bold: style('bold'),
		dim: style('dim'),
	};
}
