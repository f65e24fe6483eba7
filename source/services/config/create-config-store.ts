import {stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {changeSetting} from './change-setting.js';
import {readConfigDocument} from './config-document.js';
import {settings, templateSettings} from './config-schema.js';
import {type ConfigStore} from './config-store.js';
import {makeFolder} from './make-folder.js';
import {parseConfigDocument, toConfig, valueAt} from './parse-config.js';
import {toHomeError} from './to-home-error.js';
import {withLockFile} from './with-lock-file.js';
import {writeFileAtomically} from './write-file-atomically.js';

/**
Loads the settings. Without a file they are the defaults, and none is written until one is set.
@throws UsageError `broken_config`, `config_version`, `unknown_setting` or `invalid_setting`; AccessError `config_unreadable` or `home_unwritable`.
*/
export async function createConfigStore({path}: {readonly path: string}): Promise<ConfigStore> {
	let stamp = await stampOf(path);
	let document = parseConfigDocument(await readConfigDocument(path), path);
	let config = toConfig(document);

	/**
	Starts from what the file says now, so that what others changed meanwhile stays.
	*/
	async function save(setting: string, value: unknown): Promise<void> {
		const current = await readConfigDocument(path);
		parseConfigDocument(current, path);
		const changed = changeSetting(current, setting, value);
		document = parseConfigDocument(changed, path);
		// What was read before is old now.
		stamp = '';
		await writeFileAtomically(path, `${JSON.stringify(changed, undefined, '\t')}\n`);
		config = toConfig(document);
	}

	async function reload(): Promise<void> {
		const found = await stampOf(path);
		if (found === stamp) {
			return;
		}

		// Taken first: what is written while it is read is seen the next time.
		stamp = found;
		const read = parseConfigDocument(await readConfigDocument(path), path);
		// Unless something was set meanwhile, which is newer.
		if (stamp !== found) {
			return;
		}

		document = read;
		config = toConfig(read);
	}

	return {
		path,
		current: () => config,
		entries: () => [
			...settings,
			// Only what is set of a template: the rest comes from elsewhere.
			...Object.keys(document.templates).flatMap(name => templateSettings(`templates.${name}`).slice(1).filter(({keys}) => valueAt(document, keys) !== undefined)),
		].map(setting => [setting.path, valueAt(document, setting.keys)] as const),
		async reload() {
			try {
				await reload();
			} catch {
				// Whoever wrote it is told; here the settings of before go on.
			}
		},
		async set(setting, value) {
			// Refused before anything is touched on disk.
			changeSetting({}, setting, value);
			try {
				await makeFolder(dirname(path), {mode: 0o700});
				await withLockFile(`${path}.lock`, async () => save(setting, value));
			} catch (error) {
				throw toHomeError(error, path);
			}

			return config;
		},
	};
}

/**
What changes with every change of a file.
*/
async function stampOf(path: string): Promise<string> {
	try {
		const {mtimeNs, size, ino} = await stat(path, {bigint: true});
		return [mtimeNs, size, ino].join(' ');
	} catch {
		return 'none';
	}
}
