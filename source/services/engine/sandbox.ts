import {execFile} from 'node:child_process';
import {readdirSync, realpathSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {sanitizeLine} from '../../format/sanitize.js';
import {type SandboxReport} from '../../types/engine.js';
import {type Command} from './host-program.js';

/**
What stands between the engine host and the machine.
*/
export type Sandbox = {
	readonly report: SandboxReport;
	/**
	The command that runs `command` inside, where of the files outside the system only `readable` exist. Without a sandbox, `command` itself.
	*/
	readonly wrap: (command: Command, readable: readonly string[]) => Command;
	/**
	What the environment has to say inside.
	*/
	readonly environment: Readonly<Record<string, string>>;
};

const probeLimitMs = 5000;

// Programs and libraries, on every layout of Linux that is common. None of it is the user's.
const systemPaths = [
	'/usr',
	'/bin',
	'/sbin',
	'/lib',
	'/lib32',
	'/lib64',
	'/libx32',
	'/opt',
	'/nix/store',
	'/gnu/store',
	'/home/linuxbrew/.linuxbrew',
	'/etc/ld.so.cache',
	'/etc/ld.so.conf',
	'/etc/ld.so.conf.d',
	'/etc/alternatives',
	'/etc/vulkan',
	'/etc/OpenCL',
	'/etc/nvidia',
	'/run/opengl-driver',
	'/sys',
];

const graphicsDevices = /^(?:nvidia.*|dri|kfd|dxg)$/v;

const none = (detail: string): Sandbox => ({
	report: {kind: 'none', detail},
	wrap: command => command,
	environment: {},
});

/**
Finds out, by running it, whether bubblewrap works here.
*/
export async function detectSandbox({mode, platform, environment}: {
	readonly mode: 'auto' | 'off';
	readonly platform: NodeJS.Platform;
	readonly environment: NodeJS.ProcessEnv;
}): Promise<Sandbox> {
	if (mode === 'off') {
		return none('The engine runs with your rights, because engine.sandbox is off.');
	}

	if (platform !== 'linux') {
		return none('The engine runs with your rights: the sandbox needs bubblewrap, which only Linux has.');
	}

	const sandbox = bubblewrap(environment);
	const failure = await tryCommand(sandbox.wrap({program: process.execPath, arguments: ['--version']}, []));
	return failure === undefined ? sandbox : none(failure);
}

/**
Runs a command; says why it could not be run, as a sentence, or undefined if it could.
*/
async function tryCommand({program, arguments: parameters}: Command): Promise<string | undefined> {
	return new Promise(resolve => {
		execFile(program, [...parameters], {timeout: probeLimitMs, killSignal: 'SIGKILL'}, (error, _stdout, stderr) => {
			if (!error) {
				resolve(undefined);
			} else if (error.code === 'ENOENT') {
				resolve('The engine runs with your rights: install bubblewrap to confine it.');
			} else {
				const reason = sanitizeLine(stderr === '' ? error.message : stderr).slice(0, 200);
				resolve(`The engine runs with your rights: bubblewrap is installed but does not work here (${reason}).`);
			}
		});
	});
}

function bubblewrap(environment: NodeJS.ProcessEnv): Sandbox {
	return {
		report: {
			kind: 'bubblewrap',
			detail: 'The engine runs in bubblewrap: it sees the system, itself and the model, all read-only, and has no network.',
		},
		wrap: ({program, arguments: parameters}, readable) => ({
			program: 'bwrap',
			arguments: [
				...isolation,
				...systemPaths.flatMap(item => ['--ro-bind-try', item, item]),
				...privateMounts,
				...graphicsPaths().flatMap(item => ['--dev-bind-try', item, item]),
				...[...libraryPaths(environment), program, ...readable].flatMap(item => readOnly(item)),
				...sealing,
				program,
				...parameters,
			],
		}),
		environment: {HOME: '/tmp', TMPDIR: '/tmp'},
	};
}

// The network namespace also takes away the abstract sockets; the process namespace, other programs' memory and environment.
const isolation = [
	'--unshare-user',
	'--unshare-net',
	'--unshare-pid',
	'--unshare-ipc',
	'--unshare-uts',
	'--unshare-cgroup-try',
	'--cap-drop',
	'ALL',
	'--new-session',
	'--die-with-parent',
];

// Before the paths to be read, because those may lie in /tmp.
const privateMounts = ['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'];

// Root may change kernel settings by /proc even without any capability; bubblewrap leaves that open.
const sealing = ['--remount-ro', '/proc', '--remount-ro', '/', '--chdir', '/', '--'];

function graphicsPaths(): string[] {
	return readdirSync('/dev').filter(name => graphicsDevices.test(name)).map(name => `/dev/${name}`);
}

/**
Folders that the user's LD_LIBRARY_PATH adds, for a GPU runtime outside the system; never the home itself or a folder above it.
*/
function libraryPaths(environment: NodeJS.ProcessEnv): string[] {
	const home = `${environment.HOME ?? ''}/`;
	return (environment.LD_LIBRARY_PATH ?? '').split(':').filter(item => path.isAbsolute(item) && isDirectory(item) && !home.startsWith(`${path.resolve(item)}/`));
}

/**
A link becomes what it points to, by the link's name. What is missing is left out, for the host to miss.
*/
function readOnly(item: string): string[] {
	try {
		return ['--ro-bind', realpathSync(item), path.resolve(item)];
	} catch {
		return [];
	}
}

function isDirectory(item: string): boolean {
	try {
		readdirSync(item);
		return true;
	} catch {
		return false;
	}
}
