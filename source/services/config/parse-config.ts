import camelcaseKeys from 'camelcase-keys';
import type * as z from 'zod/mini';
import {UsageError} from '../../errors/usage-error.js';
import {nearest} from '../../format/nearest.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {type Config} from '../../types/config.js';
import {broken} from './config-document.js';
import {
	configSchema,
	configVersion,
	settings,
	type ConfigDocument,
} from './config-schema.js';

/**
Checks a document and fills in the defaults.
@throws UsageError `config_version`, `unknown_setting`, `invalid_setting` or `broken_config`, naming the file and the wrong field.
*/
export function parseConfigDocument(document: unknown, file: string): ConfigDocument {
	checkVersion(document, file);
	// Compiling the schema would take longer than reading the one document there is.
	const result = configSchema.safeParse(document, {jitless: true});
	if (!result.success) {
		throw toSettingError(result.error.issues[0]!, document, file);
	}

	return result.data;
}

/**
The document as the rest of the program knows it.
*/
export function toConfig(document: ConfigDocument): Config {
	const {templates, ...rest} = document;
	// The names of templates are the user's, and stay as they are.
	return {
		...camelcaseKeys(rest, {deep: true}),
		templates: Object.fromEntries(Object.entries(templates).map(([name, template]) => [name, camelcaseKeys(template)])),
	};
}

// Before anything else: a newer file may hold settings that this program would call wrong.
function checkVersion(document: unknown, file: string): void {
	const version = isRecord(document) ? document.version : undefined;
	if (typeof version === 'number' && version > configVersion) {
		throw new UsageError(`The config ${sanitizeLine(file)} was written by a newer Remuda: its version is ${version}, this program knows ${configVersion}.`, {
			code: 'config_version',
			hint: 'Update Remuda, or set REMUDA_HOME to another folder. Remuda left the file untouched.',
		});
	}
}

function toSettingError(issue: z.core.$ZodIssue, document: unknown, file: string): UsageError {
	if (issue.code === 'unrecognized_keys') {
		return unknownSetting([...issue.path, issue.keys[0]!].join('.'), file);
	}

	return issue.path.length === 0
		? broken(file, 'is not a JSON object')
		: invalidSetting(issue.path.join('.'), valueAt(document, issue.path), issue.message, file);
}

/**
A setting that does not exist.
*/
export function unknownSetting(path: string, file?: string): UsageError {
	const inside = settings.filter(setting => setting.path.startsWith(`${path}.`)).map(setting => setting.path);
	const suggestion = nearest(path, settings.map(setting => setting.path));
	const hints = inside.length > 0
		? [`It is a group: ${inside.join(', ')}.`]
		: [
			...(suggestion === undefined ? [] : [`Did you mean ${suggestion}?`]),
			file === undefined ? 'remuda config list shows all settings.' : 'Correct it there. Remuda left the file untouched.',
		];
	return new UsageError(`There is no setting ${shorten(path)}${inFile(file)}.`, {code: 'unknown_setting', hint: hints.join(' ')});
}

/**
A setting with a value it cannot have; `allowed` says what it can be.
*/
export function invalidSetting(path: string, value: unknown, allowed: string, file?: string): UsageError {
	return new UsageError(`The setting ${shorten(path)}${inFile(file)} must be ${allowed}, not ${shorten(JSON.stringify(value) ?? 'nothing')}.`, {
		code: 'invalid_setting',
		hint: file === undefined ? 'Nothing was changed.' : 'Correct it there. Remuda left the file untouched.',
	});
}

function inFile(file: string | undefined): string {
	return file === undefined ? '' : ` in ${sanitizeLine(file)}`;
}

function shorten(text: string): string {
	const cut = sanitizeLine(text.slice(0, 100)).toWellFormed();
	return text.length > 100 ? `${cut}…` : cut;
}

/**
The value under a path of keys; undefined where the path leads nowhere.
*/
export function valueAt(document: unknown, keys: readonly PropertyKey[]): unknown {
	const [key, ...rest] = keys;
	if (key === undefined) {
		return document;
	}

	return isRecord(document) ? valueAt(document[String(key)], rest) : undefined;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
