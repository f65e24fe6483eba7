import * as z from 'zod/mini';
import {parseBytes} from '../../format/bytes.js';
import {configVersion, findSetting, type Setting} from './config-schema.js';
import {invalidSetting, isRecord, unknownSetting} from './parse-config.js';

type Document = Readonly<Record<string, unknown>>;

/**
The document with one setting changed and all else kept; `undefined` and `null` take the setting out, so that its default counts again.

Values from a command line are strings, and are read as the setting's schema wants them: `8` as a number, `20GB` as bytes, `a,b` as a list. Nothing at all is “no value” where a setting may be left out, 0 bytes, or an empty list.
@throws UsageError `unknown_setting`, `invalid_setting`.
*/
export function changeSetting(document: unknown, path: string, value: unknown): Document {
	const setting = findSetting(path);
	if (setting === undefined) {
		throw unknownSetting(path);
	}

	return {version: configVersion, ...put(document, setting.keys, coerce(setting, value))};
}

function coerce(setting: Setting, value: unknown): unknown {
	if (value === undefined || value === null || (value === '' && setting.optional)) {
		return undefined;
	}

	const result = interpretations(setting, value).map(candidate => z.safeParse(setting.schema, candidate)).find(({success}) => success)
		?? z.safeParse(setting.schema, value);
	if (!result.success) {
		throw invalidSetting(setting.path, value, result.error.issues[0]!.message);
	}

	return result.data;
}

function interpretations({path}: Setting, value: unknown): readonly unknown[] {
	if (typeof value !== 'string') {
		return [value];
	}

	const text = value.trim();
	const bytes = path.endsWith('_bytes') ? bytesOf(text) : undefined;
	return [
		value,
		...(/^[+\-]?\d+(?:\.\d+)?(?:e[+\-]?\d+)?$/iv.test(text) ? [Number(text)] : []),
		...(text === 'true' || text === 'false' ? [text === 'true'] : []),
		...(bytes === undefined ? [] : [bytes]),
		// Only where a list is wanted: any text is a text first.
		text.split(/[\s,]+/v).filter(entry => entry !== ''),
	];
}

/**
`20GB`, `5MB/s`; nothing is 0.
*/
function bytesOf(text: string): number | undefined {
	return text === '' ? 0 : parseBytes(text.replace(/\/s(?:ec)?$/iv, ''));
}

function put(value: unknown, [key, ...rest]: readonly string[], leaf: unknown): Document {
	const record = isRecord(value) ? value : {};
	return key === undefined ? record : Object.fromEntries(Object.entries({...record, [key]: rest.length > 0 ? put(record[key], rest, leaf) : leaf}).filter(([, child]) => child !== undefined));
}
