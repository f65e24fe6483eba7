import {setImmediate as nextTurn} from 'node:timers/promises';
import {NetworkError} from '../../errors/network-error.js';
import {createDispatchers, type Dispatchers} from './dispatchers.js';
import {type Environment} from './environment.js';
import {readProxySettings, type ProxySettings} from './proxy-settings.js';
import {
	certificateFiles,
	readCertificates,
	stampOf,
	type CertificateFile,
} from './trusted-certificates.js';

export type NetworkSettings = {
	readonly environment: () => Environment;
	/**
	File with certificates that the config names.
	*/
	readonly caCertificates: () => string | undefined;
};

/**
Keeps the dispatchers that fit the settings as they are now.
*/
export type DispatcherKeeper = {
	/**
	To be used at once. New ones when the settings have changed since; requests under way go on with theirs.
	@throws NetworkError `invalid_proxy`, `ca_unreadable`, `ca_invalid`; `connection_lost` once they are destroyed.
	*/
	readonly current: () => Promise<Dispatchers>;
	readonly destroy: () => Promise<void>;
};

export function createDispatcherKeeper({environment, caCertificates}: NetworkSettings): DispatcherKeeper {
	const open = new Set<Promise<Dispatchers>>();
	let isDestroyed = false;
	let newest: {readonly key: string; readonly dispatchers: Promise<Dispatchers>} | undefined;

	async function make(settings: ProxySettings, files: readonly CertificateFile[]): Promise<Dispatchers> {
		return createDispatchers({...settings, certificates: await readCertificates(files)});
	}

	/**
	What could not be made, which its request says, is tried again by the next one.
	*/
	async function forgetIfBroken(opening: Promise<Dispatchers>): Promise<void> {
		try {
			await opening;
		} catch {
			open.delete(opening);
			newest = newest?.dispatchers === opening ? undefined : newest;
		}
	}

	async function retire(opening: Promise<Dispatchers>): Promise<void> {
		try {
			const dispatchers = await opening;
			// Whoever was given them in this turn has still to use them.
			await nextTurn();
			await dispatchers.close();
			open.delete(opening);
		} catch {
			// They could not be made, or are destroyed.
		}
	}

	return {
		async current() {
			const variables = environment();
			const proxies = readProxySettings(variables);
			const files = certificateFiles(variables, caCertificates());
			const key = JSON.stringify([proxies, await stampOf(files)]);
			// From here on nothing is waited for before it is among those that will be destroyed.
			if (isDestroyed) {
				throw new NetworkError('Remuda is ending: nothing is asked any more.', {code: 'connection_lost'});
			}

			if (newest?.key !== key) {
				const before = newest?.dispatchers;
				const dispatchers = make(proxies, files);
				newest = {key, dispatchers};
				open.add(dispatchers);
				void forgetIfBroken(dispatchers);
				if (before !== undefined) {
					void retire(before);
				}
			}

			return newest.dispatchers;
		},
		async destroy() {
			isDestroyed = true;
			await Promise.all(Array.from(open, async opening => {
				// Those that could not be made have nothing to close.
				const dispatchers = await opening.catch(() => undefined);
				await dispatchers?.destroy();
			}));
		},
	};
}
