import {readdir, readFile} from 'node:fs/promises';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';

/**
Process number of the downloads worker of a home, while there is one. It is no child of anybody: it is known by its title and its environment (Linux).
*/
export async function workerOf(home: string): Promise<number | undefined> {
	const names = await readdir('/proc');
	const found = await Promise.all(names.filter(name => /^\d+$/v.test(name)).map(async name => {
		const [title = '', environment = ''] = await Promise.all(['cmdline', 'environ'].map(async file => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '')));
		return title.includes('remuda downloads') && environment.split('\0').includes(`HOME=${home}`) ? Number(name) : undefined;
	}));
	return found.find(pid => pid !== undefined);
}

/**
At the end of its scope: waits until the worker of a home has ended by itself, and kills one that does not.
*/
export function workerEnded(home: string): AsyncDisposable {
	return {
		async [Symbol.asyncDispose]() {
			for (let looks = 0; ; looks++) {
				const pid = await workerOf(home); // eslint-disable-line no-await-in-loop -- until it is gone
				if (pid === undefined) {
					return;
				}

				if (looks > 200) {
					process.kill(pid, 'SIGKILL');
					throw new Error(`The downloads worker ${pid} did not end.`);
				}

				await delay(50); // eslint-disable-line no-await-in-loop -- the same
			}
		},
	};
}
