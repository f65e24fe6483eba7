import process from 'node:process';

const tick = 50;
const ticksUntilIgnored = 10;

/**
Stop this job as Ctrl-Z does, and resolve when it is continued (`fg`).

The whole process group is stopped, because a program started by another one, as by npm, is only part of what the shell takes for the job. Without a shell to continue it the system ignores the signal; then this resolves after half a second. The timer also keeps the process alive, which it would not be with its input released.
*/
export async function stopUntilContinued(): Promise<void> {
	const listeners = process.listeners('SIGTSTP');
	process.removeAllListeners('SIGTSTP');
	const {promise, resolve} = Promise.withResolvers<void>();
	process.once('SIGCONT', resolve);
	let ticks = 0;
	const timer = setInterval(() => {
		ticks++;
		// A stopped process has no ticks: so many of them mean that it never was.
		if (ticks >= ticksUntilIgnored) {
			resolve();
		}
	}, tick);

	try {
		process.kill(0, 'SIGTSTP');
		await promise;
	} finally {
		clearInterval(timer);
		process.off('SIGCONT', resolve);
		for (const listener of listeners) {
			process.on('SIGTSTP', listener);
		}
	}
}
