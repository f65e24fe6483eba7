import {type Duplex} from 'node:stream';
import {setTimeout as delay} from 'node:timers/promises';
import process from 'node:process';
import {type Abortable} from '../../types/abortable.js';
import {crashError} from './crash-error.js';
import {sendSignal, spawnChild, type SpawnedChild} from './child.js';
import {hostEnvironment} from './host-environment.js';
import {createHostLink, type HostLink} from './host-link.js';
import {type HostProgram} from './host-program.js';
import {findDescendant} from './process-tree.js';
import {protocolFileDescriptor} from './protocol-version.js';
import {type Sandbox} from './sandbox.js';
import {keepTail} from './tail.js';

// A cold start from a slow disk takes seconds; this is for a host that never comes up.
const helloLimitMs = 60_000;
const shutdownLimitMs = 2000;
const stopLimitMs = 4500;

/**
One running engine host.
*/
export type Host = {
	readonly link: HostLink;
	/**
	As this process and `kill` see it, also through the sandbox.
	*/
	readonly processId: number;
	readonly isAlive: () => boolean;
	/**
	Ends the host: politely, and after 2 s with SIGKILL. Jobs in flight reject with `because`.
	*/
	readonly stop: (because: Error) => Promise<void>;
	/**
	Ends it now. Jobs in flight reject with `engine_crashed` and this reason.
	*/
	readonly kill: (reason?: string) => Promise<void>;
};

/**
Starts an engine host and waits until it speaks.
@throws RemudaError `engine_crashed` when it does not come up; the reason of the signal when that is aborted.
*/
export async function startHost({program, sandbox, modelPaths, signal}: Abortable & {
	readonly program: HostProgram;
	readonly sandbox: Sandbox;
	readonly modelPaths: readonly string[];
}): Promise<Host> {
	signal.throwIfAborted();
	const command = sandbox.wrap(program, [...program.readablePaths, ...modelPaths]);
	const isSandboxed = sandbox.report.kind !== 'none';
	const spawned = spawnChild(command, {...hostEnvironment(process.env), ...sandbox.environment});
	if (!spawned.child.stderr) {
		throw crashError({
			stderr: '', started: false, sandboxed: isSandboxed, ...await spawned.exit,
		});
	}

	const supervised = supervise(spawned, {sandboxed: isSandboxed});
	const onAbort = () => {
		void supervised.kill();
	};

	signal.addEventListener('abort', onAbort);
	const timer = setTimeout(() => {
		void supervised.kill('it did not answer within a minute');
	}, helloLimitMs);
	try {
		const processId = await supervised.hello();
		return {...supervised, processId};
	} catch (error) {
		await supervised.kill();
		signal.throwIfAborted();
		throw error;
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', onAbort);
	}
}

function supervise({child, exit}: SpawnedChild, {sandboxed}: {readonly sandboxed: boolean}) {
	let reason: string | undefined;
	let wasKilled = false;
	let isStarted = false;
	let isAlive = true;
	let processId: number | undefined;
	const stderr = keepTail(child.stderr!);
	child.stdout!.resume();

	const kill = async (because?: string) => {
		reason ??= because;
		if (isAlive) {
			wasKilled = true;
			// First the host itself, so that the sandbox around it ends in order.
			for (const id of [processId, child.pid]) {
				sendSignal(id, 'SIGKILL');
			}
		}

		await ended;
	};

	const link = createHostLink(child.stdio[protocolFileDescriptor] as Duplex, {
		onViolation(what) {
			void kill(what);
		},
	});

	const ended = (async () => {
		const how = await exit;
		isAlive = false;
		link.close(crashError({
			reason, wasKilled, stderr: stderr(), started: isStarted, sandboxed, ...how,
		}));
	})();

	return {
		link,
		isAlive: () => isAlive,
		kill,
		async hello() {
			const innerId = await link.hello;
			isStarted = true;
			processId = sandboxed ? await findDescendant(child.pid!, innerId) : child.pid;
			return processId ?? child.pid!;
		},
		async stop(because: Error) {
			link.shutdown();
			link.close(because);
			const timer = setTimeout(() => {
				void kill();
			}, shutdownLimitMs);
			// A process that waits for a device does not even end for SIGKILL.
			await Promise.race([ended, delay(stopLimitMs, undefined, {ref: false})]);
			clearTimeout(timer);
		},
	};
}
