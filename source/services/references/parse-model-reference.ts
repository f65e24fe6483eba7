import {UsageError} from '../../errors/usage-error.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {type ModelReference} from '../../types/model-reference.js';
import {isModelFilePath} from './is-model-file-path.js';
import {isRepository} from './is-repository.js';

const grammar = 'Write an id from the registry or of an installed model, starter, ./FILE.gguf, hf:OWNER/REPO[@REVISION][:QUANTIZATION], '
	+ 'hf:OWNER/REPO[@REVISION]/FILE.gguf, ollama:NAME[:TAG], ms:OWNER/REPO[:QUANTIZATION], or PROVIDER:NAME.';

const maximumLength = 1024;
// PATH_MAX of Linux.
const maximumPathLength = 4096;

// Control characters and halves of surrogate pairs are in no name; they would forge lines or break files.
const neverAllowed = /[\p{Control}\p{Surrogate}]/v;
// Invisible marks and spaces other than U+0020 make two names look like one.
const disguising = /[\p{Format}\p{Line_Separator}\p{Paragraph_Separator}]/v;
const pathStart = /^(?:\.{0,2}\/|~\/|[A-Za-z]:[\/\\])/v;
const fileEnding = /\.gguf$/iv;
const schemePattern = /^(?<scheme>[\w\-]+):(?<rest>.*)$/sv;
const endpointPattern = /^[a-z][\d\-_a-z]{1,31}$/v;
const idPattern = /^[\dA-Za-z][\w\-.]{0,127}$/v;
const revisionPattern = /^(?!.*\.\.)[\w+\-.]+(?:\/[\w+\-.]+)*$/v;
const quantizationPattern = /^[\dA-Za-z][\w\-.]{0,63}$/v;
const ollamaPattern = /^(?!.*\.\.)\w[\w\-.]{0,127}(?:\/\w[\w\-.]{0,127}){0,2}$/v;
const ollamaTagPattern = /^(?!.*\.\.)\w[\w\-.]{0,127}$/v;
const providerModelPattern = /^\S{1,256}$/v;
const hubPattern = /^(?<repository>[^\/]*\/[^\/:@]*)(?:@(?<revision>[^\/:]*))?(?::(?<quantization>.*)|\/(?<filePath>.*))?$/sv;

const webSchemes: ReadonlySet<string> = new Set(['http', 'https', 'file', 'ftp', 'data', 'javascript']);

/**
Reads a model reference; the grammar is in docs/architecture.md. A path is not resolved and `~` is not expanded here.
@throws {UsageError} `invalid_reference` for anything that is not in the grammar.
*/
export function parseModelReference(text: string): ModelReference {
	if (text === '') {
		throw invalid(text, 'it is empty');
	}

	if (text.length > maximumPathLength) {
		throw invalid(text, 'it is too long');
	}

	if (neverAllowed.test(text)) {
		throw invalid(text, 'it holds control characters');
	}

	if (pathStart.test(text)) {
		return {kind: 'file', path: text};
	}

	const {scheme, rest} = schemePattern.exec(text)?.groups ?? {};
	if (scheme !== undefined && rest !== undefined) {
		return parseWithScheme(text, scheme, rest);
	}

	if (fileEnding.test(text)) {
		return {kind: 'file', path: text};
	}

	if (text === 'starter') {
		return {kind: 'starter'};
	}

	if (!idPattern.test(text)) {
		throw invalid(text, isRepository(text.split(/[:@]/v, 1)[0] ?? '') ? `a repository is written hf:${text}` : 'an id has letters, digits, dots, dashes and underscores only');
	}

	return {kind: 'id', id: text};
}

function parseWithScheme(text: string, scheme: string, rest: string): ModelReference {
	if (text.length > maximumLength) {
		throw invalid(text, 'it is too long');
	}

	if (disguising.test(text)) {
		throw invalid(text, 'it holds invisible characters');
	}

	switch (scheme.toLowerCase()) {
		case 'hf': {
			return parseHuggingFace(text, rest);
		}

		case 'ms': {
			return parseModelScope(text, rest);
		}

		case 'ollama': {
			return parseOllama(text, rest);
		}

		default: {
			return parseProvider(text, scheme, rest);
		}
	}
}

function parseHuggingFace(text: string, rest: string): ModelReference {
	const {repository, revision: encodedRevision, quantization, filePath} = hubPattern.exec(rest)?.groups ?? {};
	if (repository === undefined || !isRepository(repository)) {
		throw invalid(text, 'after hf: comes OWNER/REPO');
	}

	const revision = encodedRevision === undefined ? undefined : decodeRevision(encodedRevision);
	if (encodedRevision !== undefined && (revision === undefined || revision.length > 200 || !revisionPattern.test(revision))) {
		throw invalid(text, 'after @ comes a branch, a tag or a commit; a / in it is written %2F');
	}

	if (quantization !== undefined && !quantizationPattern.test(quantization)) {
		throw invalid(text, 'after : comes a quantization such as Q4_K_M');
	}

	if (filePath !== undefined && !isModelFilePath(filePath)) {
		throw invalid(text, 'after the repository comes the path of a .gguf file in it');
	}

	return {
		kind: 'hugging-face',
		repository,
		...(revision !== undefined && {revision}),
		...(quantization !== undefined && {quantization}),
		...(filePath !== undefined && {filePath}),
	};
}

function decodeRevision(encoded: string): string | undefined {
	try {
		return decodeURIComponent(encoded);
	} catch {
		return undefined;
	}
}

function parseModelScope(text: string, rest: string): ModelReference {
	const {repository, revision, quantization, filePath} = hubPattern.exec(rest)?.groups ?? {};
	if (repository === undefined || revision !== undefined || filePath !== undefined || !isRepository(repository)) {
		throw invalid(text, 'after ms: comes OWNER/REPO');
	}

	if (quantization !== undefined && !quantizationPattern.test(quantization)) {
		throw invalid(text, 'after : comes a quantization such as Q4_K_M');
	}

	return {kind: 'modelscope', repository, ...(quantization !== undefined && {quantization})};
}

function parseOllama(text: string, rest: string): ModelReference {
	const [name = '', tag, ...more] = rest.split(':');
	if (!ollamaPattern.test(name) || more.length > 0) {
		throw invalid(text, 'after ollama: comes NAME or NAME:TAG');
	}

	if (tag !== undefined && !ollamaTagPattern.test(tag)) {
		throw invalid(text, 'after the name comes a tag such as 6.7b');
	}

	return {kind: 'ollama', name, ...(tag !== undefined && {tag})};
}

function parseProvider(text: string, provider: string, model: string): ModelReference {
	if (webSchemes.has(provider.toLowerCase())) {
		throw invalid(text, 'an address is not a reference; a model on Hugging Face is written hf:OWNER/REPO');
	}

	if (!endpointPattern.test(provider)) {
		throw invalid(text, 'a provider is named in lower-case letters, digits, dashes and underscores');
	}

	if (!providerModelPattern.test(model)) {
		throw invalid(text, `after ${provider}: comes the name of a model, without spaces`);
	}

	return {kind: 'provider', provider, model};
}

function invalid(text: string, reason: string): UsageError {
	// Long text is cut before it is cleaned, so that a hostile one costs nothing.
	const shown = sanitizeLine(text.slice(0, 100)).toWellFormed();
	return new UsageError(`“${shown}${text.length > 100 ? '…' : ''}” is not a model reference: ${reason}.`, {code: 'invalid_reference', hint: grammar});
}
