import {type Config} from '../../types/config.js';

/**
The settings in use and the file behind them.
*/
export type ConfigStore = {
	readonly path: string;
	readonly current: () => Config;
	/**
	Takes over what another process has written into the file since; cheap when that is nothing. A file that cannot be used changes nothing. Never rejects.
	*/
	readonly reload: () => Promise<void>;
	/**
	Sets one value by its dotted snake_case path, for example `engine.context_size`, and saves the file.
	A string is read as the setting wants it (`8`, `20GB`); undefined, null, or an empty string where a setting may be left out, take the user's value away.
	@throws UsageError `unknown_setting`, or `invalid_setting` with the path of the wrong field; AccessError `home_unwritable`, NoSpaceError `disk_full`, RemudaError `locked`.
	*/
	readonly set: (path: string, value: unknown) => Promise<Config>;
	/**
	Every setting with its dotted snake_case path, in the order of the schema.
	*/
	readonly entries: () => ReadonlyArray<readonly [path: string, value: unknown]>;
};
