import process from 'node:process';
import type * as sqlite from 'node:sqlite';

/**
Node's own SQLite, without the warning of Node 22 that it is experimental: it would be written over the screen.
*/
export async function loadSqlite(): Promise<typeof sqlite> {
	const {emitWarning} = process;
	process.emitWarning = (warning: string | Error, ...rest: readonly unknown[]) => {
		if (!String(warning).includes('SQLite is an experimental feature')) {
			Reflect.apply(emitWarning, process, [warning, ...rest]);
		}
	};

	try {
		return await import('node:sqlite');
	} finally {
		process.emitWarning = emitWarning;
	}
}
