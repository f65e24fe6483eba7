import meow, {type AnyFlag} from 'meow';
import {sanitizeLine} from '../format/sanitize.js';
import {ArgumentError} from './argument-error.js';
import {type FlagDefinitions, type Flags} from './command.js';
import {flagName} from './flags.js';
import {suggest} from './suggest.js';

export type ParsedArguments = {
	readonly input: readonly string[];
	readonly flags: Flags;
};

/**
Splits arguments into flags and the rest; everything after `--` is the rest.
@throws ArgumentError `unknown_flag` with the closest one as its hint, `repeated_flag`, or `invalid_flag` for a switch with a value.
*/
export function parseArguments(argv: readonly string[], definitions: FlagDefinitions): ParsedArguments {
	const {input, flags} = callMeow(argv, definitions);
	const unknown = Object.keys(flags).find(key => !Object.hasOwn(definitions, key));
	if (unknown !== undefined) {
		throw unknownFlag(unknown, argv, Object.keys(definitions));
	}

	rejectValues(argv, definitions);
	return {input, flags: flags as Flags};
}

/**
A switch is on or off: the parser takes it for off with any other value, and `--yes=yes` would be no.
*/
function rejectValues(argv: readonly string[], definitions: FlagDefinitions): void {
	const switches = new Map(Object.entries(definitions).filter(([, {type}]) => type === 'boolean').flatMap(([key]) => [[`--${key}`, key], [flagName(key), key]] as const));
	for (const argument of argv.slice(0, endOfFlags(argv))) {
		const {name = '', value = ''} = /^(?<name>--[^=]+)=(?<value>.*)$/sv.exec(argument)?.groups ?? {};
		const key = switches.get(name);
		if (key !== undefined && value !== 'true' && value !== 'false') {
			throw new ArgumentError(`${flagName(key)} is on or off and takes no value, but got “${sanitizeLine(value).slice(0, 40)}”.`, {code: 'invalid_flag'});
		}
	}
}

function endOfFlags(argv: readonly string[]): number {
	return argv.includes('--') ? argv.indexOf('--') : argv.length;
}

function callMeow(argv: readonly string[], definitions: FlagDefinitions) {
	const flags: Record<string, AnyFlag> = {};
	for (const [key, {type}] of Object.entries(definitions)) {
		flags[key] = {type};
	}

	try {
		return meow({
			importMeta: import.meta,
			// Given here so that meow does not look for a package.json.
			pkg: {name: 'remuda'},
			argv: joinDashes(argv, definitions),
			flags,
			autoHelp: false,
			autoVersion: false,
			booleanDefault: undefined,
		});
	} catch (error) {
		// Meow throws a plain error for a flag that is given twice.
		throw new ArgumentError(error instanceof Error ? error.message : String(error), {code: 'repeated_flag', cause: error});
	}
}

/**
`--from -` as `--from=-`: the parser takes a lone dash for an argument, and people mean stdin.
*/
function joinDashes(argv: readonly string[], definitions: FlagDefinitions): string[] {
	const end = endOfFlags(argv);
	const wanting = new Set(Object.entries(definitions).filter(([, {type}]) => type === 'string').map(([key]) => flagName(key)));
	const isJoined = (index: number) => index > 0 && index < end && argv[index] === '-' && wanting.has(argv[index - 1]!);
	return argv.map((argument, index) => isJoined(index + 1) ? `${argument}=-` : argument).filter((_, index) => !isJoined(index));
}

function unknownFlag(key: string, argv: readonly string[], known: readonly string[]): ArgumentError {
	const wanted = flagName(key);
	const typed = argv.find(argument => argument === wanted || argument.startsWith(`${wanted}=`)) ?? argv.find(argument => argument.startsWith('-')) ?? wanted;
	const closest = suggest(key, known);
	return new ArgumentError(`Unknown flag: ${sanitizeLine(typed).slice(0, 80)}`, {
		code: 'unknown_flag',
		hint: closest === undefined ? 'Put -- before a text that begins with a dash.' : `Did you mean ${flagName(closest)}?`,
	});
}
