import {Buffer} from 'node:buffer';
import {createHash} from 'node:crypto';
import {
	chmod,
	lstat,
	mkdir,
	realpath,
	stat,
} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {AccessError} from '../../../errors/access-error.js';
import {sanitizeLine} from '../../../format/sanitize.js';
import {codeOf} from '../disk/to-disk-error.js';
import {type Environment} from '../../network/environment.js';
import {readPlace} from './told-place.js';

// The system takes 104 to 108 with the zero at the end, and cuts or refuses longer ones.
const longestPath = 100;

const isWindows = process.platform === 'win32';

/**
Where the worker of a home may listen, the best place first: in the home, where the path is short enough; else in a folder of this user's own, under a name made from the home.
*/
export async function socketPaths(home: string, environment: Environment): Promise<readonly string[]> {
	const name = await socketName(home);
	if (isWindows) {
		return [String.raw`\\.\pipe\remuda-${path.parse(name).name}`];
	}

	const folders = [environment.XDG_RUNTIME_DIR, environment.TMPDIR, tmpdir(), '/tmp'].filter(folder => folder !== undefined && path.isAbsolute(folder));
	const all = [path.join(home, 'downloads.sock'), ...folders.map(folder => path.join(folder!, `remuda-${process.getuid!()}`, name))];
	return [...new Set(all)].filter(file => Buffer.byteLength(file) <= longestPath);
}

/**
Where the worker of a home may be found: where it says that it listens, and everywhere it would from here.
*/
export async function knownSocketPaths(home: string, environment: Environment): Promise<readonly string[]> {
	const [places, told] = await Promise.all([socketPaths(home, environment), readPlace(home)]);
	// A home that was copied tells of the worker of another.
	const isOfThisHome = told !== undefined && path.isAbsolute(told) && path.basename(told) === await socketName(home);
	return isOfThisHome ? [...new Set([told, ...places])] : places;
}

/**
The same for all names of a home.
*/
async function socketName(home: string): Promise<string> {
	const place = await realpath(home).catch(() => home);
	return `${createHash('sha256').update(place).digest('hex').slice(0, 24)}.sock`;
}

/**
Whether a socket lies in the home, which is as private as its owner has made it, and not among those of others.
*/
export function isInHome(home: string, socket: string): boolean {
	return path.dirname(socket) === home;
}

/**
Makes a place to listen at: nobody else may open what is made there.
@throws AccessError `socket_folder_unsafe`.
*/
export async function prepareSocketPath(home: string, socket: string): Promise<void> {
	if (isWindows || isInHome(home, socket)) {
		return;
	}

	const folder = path.dirname(socket);
	try {
		await mkdir(folder, {mode: 0o700});
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') {
			throw error;
		}
	}

	if (!await isOwnFolder(folder)) {
		throw new AccessError(`${sanitizeLine(folder)} is not a folder that only this user can open.`, {
			code: 'socket_folder_unsafe',
			hint: 'Remove it, or choose a shorter REMUDA_HOME.',
		});
	}

	await chmod(folder, 0o700);
}

/**
Whether a worker of this user listens there, as far as the file tells: nobody else is told a token.
*/
export async function isOwnSocket(home: string, socket: string): Promise<boolean> {
	if (isWindows) {
		return true;
	}

	try {
		const found = await lstat(socket);
		return found.isSocket() && (isInHome(home, socket) ? await isOwnerOf(found.uid, home) : await isOwnFolder(path.dirname(socket)) && found.uid === process.getuid!());
	} catch {
		return false;
	}
}

/**
Whether the user is this one, or who the home belongs to.
*/
async function isOwnerOf(user: number, home: string): Promise<boolean> {
	const {uid} = await stat(home);
	return user === process.getuid!() || user === uid;
}

async function isOwnFolder(folder: string): Promise<boolean> {
	const found = await lstat(folder);
	// eslint-disable-next-line no-bitwise -- the permissions of group and others
	return found.isDirectory() && found.uid === process.getuid!() && (found.mode & 0o077) === 0;
}
