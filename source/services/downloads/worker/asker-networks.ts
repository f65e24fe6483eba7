import {type Environment} from '../../network/environment.js';
import {type Network} from '../../network/open-network.js';
import {askerEnvironment, withAsker} from './asker-environment.js';

/**
The ways to the network of those who ask for downloads, each with proxies and a token of their own. Kept in memory only.
*/
export type AskerNetworks = {
	/**
	The next run of a download goes the ways of this environment.
	*/
	readonly ask: (id: string, environment: Environment) => void;
	/**
	Runs a download over the ways of who asked for it; where nobody has, since this process began, of who asked for anything last. A run keeps the ways it begins with.
	*/
	readonly withNetwork: <Result>(id: string, run: (network: Network) => Promise<Result>) => Promise<Result>;
	/**
	Ends what is under way.
	*/
	readonly close: () => Promise<void>;
};

type OpenNetwork = {
	readonly network: Network;
	uses: number;
};

// What is not in use any more may be opened again.
const maximumNetworks = 8;
const maximumAskers = 1000;

/**
All who ask with the same settings share one network. `environment` is that of this process.
*/
export function createAskerNetworks({environment, open}: {
	readonly environment: Environment;
	readonly open: (environment: Environment) => Network;
}): AskerNetworks {
	const askers = new Map<string, Environment>();
	// Those used last come last.
	const networks = new Map<string, OpenNetwork>();
	let latest = environment;

	function remember(id: string, asker: Environment): void {
		askers.delete(id);
		askers.set(id, asker);
		if (askers.size > maximumAskers) {
			askers.delete(askers.keys().next().value!);
		}
	}

	function networkOf(asker: Environment): OpenNetwork {
		const key = JSON.stringify(askerEnvironment(asker));
		const found = networks.get(key) ?? {network: open(asker), uses: 0};
		networks.delete(key);
		networks.set(key, found);
		return found;
	}

	async function closeUnused(): Promise<void> {
		const unused = networks.entries().filter(([, {uses}]) => uses === 0).toArray();
		const surplus = unused.slice(0, Math.max(0, networks.size - maximumNetworks));
		await Promise.all(surplus.map(async ([key, {network}]) => {
			networks.delete(key);
			await network.http.close();
		}));
	}

	return {
		ask(id, asker) {
			latest = withAsker(environment, asker);
			remember(id, latest);
		},
		async withNetwork(id, run) {
			const asker = askers.get(id) ?? latest;
			remember(id, asker);
			const found = networkOf(asker);
			found.uses++;
			try {
				return await run(found.network);
			} finally {
				found.uses--;
				await closeUnused();
			}
		},
		async close() {
			await Promise.all(networks.values().map(async ({network}) => network.http.close()));
		},
	};
}
