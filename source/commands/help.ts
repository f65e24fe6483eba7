import wrapAnsi from 'wrap-ansi';
import {fitCells, cellWidth} from '../format/cells.js';
import {catalogue} from './catalogue.js';
import {type Command, type FlagDefinitions} from './command.js';
import {flagName} from './flags.js';

// Enough for the narrowest terminal that Remuda is made for.
const helpWidth = 80;

/**
Flags that every command takes.
*/
export const commonFlags: FlagDefinitions = {
	json: {type: 'boolean', description: 'Print JSON on stdout, and errors as JSON on stderr'},
	help: {type: 'boolean', description: 'Show this help'},
};

/**
Flags of the program without a command.
*/
export const programFlags: FlagDefinitions = {
	alternateScreen: {type: 'boolean', description: 'Draw on the alternate screen'},
	plainOutput: {type: 'boolean', description: 'Let Ink write frames itself, for terminals that show them wrongly'},
	version: {type: 'boolean', description: 'Show the version'},
	...commonFlags,
};

/**
The help of the program: every command with one line.
*/
export function programHelp(): string {
	return [
		'Remuda keeps a herd of local language models: find, download, keep, chat, measure.',
		'',
		'Usage',
		'  remuda                         open the app',
		'  remuda COMMAND [ARGUMENTS]     run one command; remuda COMMAND --help tells more',
		'',
		'Commands',
		...twoColumns(Object.entries(catalogue).map(([name, {summary}]) => [name, summary])),
		'',
		'Flags',
		...twoColumns([
			['--no-alternate-screen', 'Open the app without the alternate screen'],
			['--plain-output', programFlags.plainOutput!.description],
			['--json', commonFlags.json!.description],
			['--help', 'Show this help'],
			['--version', programFlags.version!.description],
		]),
		'',
		'Exit codes',
		'  0 done · 1 failed · 2 wrong use · 3 not found · 4 network · 5 integrity · 6 no space',
		'  7 does not fit in memory · 8 access · 9 rate limit · 129 the terminal went away',
		'  130 interrupted · 143 ended by SIGTERM',
	].join('\n');
}

/**
The help of one command, made from its definition.
*/
export function commandHelp(name: string, {usage, description, flags, examples, exitCodes}: Command): string {
	return [
		`${catalogue[name]?.summary ?? name}.`,
		...(description === undefined ? [] : ['', ...wrap(description, helpWidth)]),
		'',
		'Usage',
		...usage.map(line => `  remuda ${line}`),
		'',
		'Flags',
		...twoColumns(Object.entries({...flags, ...commonFlags}).map(([key, flag]) =>
			[flag.placeholder === undefined ? flagName(key) : `${flagName(key)} ${flag.placeholder}`, flag.description])),
		'',
		'Examples',
		...examples.map(line => `  $ remuda ${line}`),
		...(exitCodes === undefined ? [] : ['', 'Exit codes', ...twoColumns(Object.entries(exitCodes))]),
	].join('\n');
}

/**
Only the usage lines, for an error.
*/
export function commandUsage({usage}: Command): string {
	return usage.map((line, index) => `${index === 0 ? 'usage:' : ' '.repeat(6)} remuda ${line}`).join('\n');
}

function twoColumns(rows: ReadonlyArray<readonly [string, string]>): string[] {
	const width = Math.max(...rows.map(([left]) => cellWidth(left)));
	return rows.flatMap(([left, right]) => wrap(right, helpWidth - width - 4).map((line, index) => `  ${fitCells(index === 0 ? left : '', width)}  ${line}`));
}

function wrap(text: string, width: number): string[] {
	return wrapAnsi(text, width, {hard: false}).split('\n');
}
