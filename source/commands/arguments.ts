import {ArgumentError} from './argument-error.js';
import {type CommandContext} from './command.js';

/**
The arguments of a command that takes from `minimum` to `maximum` of them.
@throws ArgumentError `missing_argument` or `unexpected_argument`.
*/
export function takeArguments({input}: Pick<CommandContext, 'input'>, {name, minimum = 0, maximum = Infinity}: {
	/**
	What one argument is, for the error: `a model reference`.
	*/
	readonly name: string;
	readonly minimum?: number;
	readonly maximum?: number;
}): readonly string[] {
	if (input.length < minimum) {
		throw new ArgumentError(`Missing: ${name}.`, {code: 'missing_argument'});
	}

	if (input.length > maximum) {
		throw new ArgumentError(`One argument too many: “${input[maximum]!.slice(0, 80)}”.`, {code: 'unexpected_argument'});
	}

	return input;
}
