import {createReadStream} from 'node:fs';
import {RemudaError} from '../errors/remuda-error.js';
import {UsageError} from '../errors/usage-error.js';
import {sanitizeLine} from '../format/sanitize.js';
import {parseModelReference} from '../services/references/parse-model-reference.js';
import {type ModelReference} from '../types/model-reference.js';
import {takeArguments} from './arguments.js';
import {type CommandContext} from './command.js';
import {textFlag} from './flags.js';
import {readInput} from './read-input.js';

/**
A reference as it was typed, and read.
*/
export type TypedReference = {
	readonly text: string;
	readonly reference: ModelReference;
};

// Whoever queues more has made a mistake.
const mostReferences = 1000;

/**
The references of the arguments and of the file that `--from` names, each once and in their order.
@throws ArgumentError `missing_argument`, UsageError `invalid_reference` (with the line of the file), `no_references`, `too_many_references`, `file_unreadable`, `input_too_large`.
*/
export async function readReferences(context: CommandContext): Promise<readonly TypedReference[]> {
	const from = textFlag(context.flags, 'from');
	const typed = takeArguments(context, {name: 'a model reference', minimum: from === undefined ? 1 : 0});
	// A typing error is said before anything is fetched.
	const references = typed.map(text => ({text, reference: parseModelReference(text)}));
	const listed = from === undefined ? [] : await readList(context, from);
	const unique = new Map([...references, ...listed].map(item => [item.text, item])).values().toArray();
	if (unique.length > mostReferences) {
		throw new UsageError(`${unique.length} references at once are too many.`, {code: 'too_many_references', hint: `Give at most ${mostReferences}.`});
	}

	return unique;
}

async function readList({streams: {stdin}, signal}: CommandContext, path: string): Promise<readonly TypedReference[]> {
	if (path === '') {
		throw new UsageError('--from needs a file, or - for stdin, but got nothing.', {code: 'invalid_flag'});
	}

	const name = path === '-' ? 'stdin' : sanitizeLine(path).slice(0, 200);
	const text = path === '-' ? await readInput(stdin, {signal, name: 'The list on stdin', maximumMebibytes: 1}) : await readFile(path, name, signal);
	const references = parseReferenceList(text, name);
	if (references.length === 0) {
		throw new UsageError(`There is no reference in ${name}.`, {code: 'no_references', hint: 'Write one a line; a line that begins with # is a comment.'});
	}

	return references;
}

async function readFile(path: string, name: string, signal: AbortSignal): Promise<string> {
	try {
		return await readInput(createReadStream(path), {signal, name, maximumMebibytes: 1});
	} catch (error) {
		if (error instanceof Error && 'syscall' in error && 'code' in error) {
			throw new UsageError(`${name} cannot be read (${String(error.code)}).`, {code: 'file_unreadable', hint: 'Check the path and its permissions.', cause: error});
		}

		throw error;
	}
}

/**
A reference a line; empty lines and what follows a # go, as do the marks with which some editors begin a file.
@throws UsageError `invalid_reference`, with the number of the line.
*/
export function parseReferenceList(text: string, name: string): readonly TypedReference[] {
	return text.replace(/^\u{FEFF}/v, '').split(/\r\n|\n|\r/v)
		.map((line, index) => ({text: line.replace(/(?:^|\s)#.*$/v, '').trim(), number: index + 1}))
		.filter(line => line.text !== '')
		.map(line => ({text: line.text, reference: parseLine(line, name)}));
}

function parseLine({text, number}: {readonly text: string; readonly number: number}, name: string): ModelReference {
	try {
		return parseModelReference(text);
	} catch (error) {
		if (!(error instanceof RemudaError)) {
			throw error;
		}

		throw new UsageError(`Line ${number} of ${name}: ${error.message}`, {code: error.code, ...(error.hint !== undefined && {hint: error.hint}), cause: error});
	}
}
