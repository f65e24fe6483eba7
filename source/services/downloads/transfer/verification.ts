import {stat} from 'node:fs/promises';
import {IntegrityError} from '../../../errors/integrity-error.js';
import {type Abortable} from '../../../types/abortable.js';
import {type RemoteFile} from '../../../types/search.js';
import {type Digests, type Hasher} from '../hash/hasher.js';
import {readPartial} from '../partial/read-partial.js';
import {type FileIdentity} from '../partial/file-identity.js';
import {isAnnouncedBy, isVerifiable, type ExpectedFile} from './servers/expected-file.js';

/**
Compares what came with what was announced: the chosen file's SHA-256, else the hub's, else git's hash of a small file. Without any, the size has to do.
@throws IntegrityError `checksum_mismatch`.
*/
export function checkDigests(digests: Digests, identity: FileIdentity, chosenSha256: string | undefined): void {
	const sha256 = chosenSha256 ?? identity.sha256;
	if (sha256 !== undefined) {
		requireEqual('SHA-256', {path: identity.path, expected: sha256, actual: digests.sha256});
	} else if (identity.gitSha1 !== undefined && digests.gitSha1 !== undefined) {
		requireEqual('git SHA-1', {path: identity.path, expected: identity.gitSha1, actual: digests.gitSha1});
	}
}

function requireEqual(kind: string, {path, expected, actual}: {readonly path: string; readonly expected: string; readonly actual: string}): void {
	if (expected.toLowerCase() !== actual.toLowerCase()) {
		throw new IntegrityError(`${path} is broken and was deleted: its ${kind} should be ${expected}, but is ${actual}.`, {
			code: 'checksum_mismatch',
			hint: 'Download it again; if that does not help, the file on the server is broken.',
		});
	}
}

/**
Compares what the hub announces with what was chosen: by the hash, or, where one of the two has none, by the size that room was made for.
@throws IntegrityError `file_replaced` when the hub announces another file than the one that was chosen, before any of it is fetched.
*/
export function requireChosen({path, sizeBytes, sha256}: FileIdentity, chosen: RemoteFile): void {
	if (chosen.sha256 !== undefined && sha256 !== undefined) {
		if (chosen.sha256.toLowerCase() !== sha256) {
			throw fileReplaced(path, `its SHA-256 should be ${chosen.sha256}, but is ${sha256}`);
		}
	} else if (chosen.sizeBytes > 0 && chosen.sizeBytes !== sizeBytes) {
		throw fileReplaced(path, `it should have ${chosen.sizeBytes} bytes, but has ${sizeBytes}`);
	}
}

function fileReplaced(path: string, what: string): IntegrityError {
	return new IntegrityError(`The hub has another ${path} now: ${what}.`, {
		code: 'file_replaced',
		hint: 'The repository was changed. Choose the model anew.',
	});
}

/**
The SHA-256 of the file that is at its final place already, if it is the right one by whatever hash is known of it.
*/
export async function hashInPlace(
	target: string,
	expected: ExpectedFile,
	{hasher, signal, onStart}: Abortable & {readonly hasher: Hasher; readonly onStart: () => void},
): Promise<string | undefined> {
	const found = await stat(target).catch(() => undefined);
	const {sizeBytes, sha256} = expected;
	if (!isVerifiable(expected) || found?.isFile() !== true || found.size !== sizeBytes) {
		return undefined;
	}

	onStart();
	const hash = hasher.follow(target, sha256 === undefined ? {gitSize: sizeBytes} : {});
	hash.available(sizeBytes);
	try {
		const digests = await hash.digest({signal});
		return isAnnouncedBy(expected, {sizeBytes, ...digests}) ? digests.sha256 : undefined;
	} finally {
		await hash.close();
	}
}

/**
The identity of a file whose bytes were all received before, perhaps even put in place, when the program ended. Nothing has to be asked for it.
*/
export async function findComplete({folder, index, repository, file, revision}: {
	readonly folder: string;
	readonly index: number;
	readonly repository: string;
	readonly file: RemoteFile;
	readonly revision: () => string;
}): Promise<FileIdentity | undefined> {
	const partial = await readPartial(folder, index);
	if (partial?.isComplete !== true || partial.identity.repository !== repository || partial.identity.path !== file.path) {
		return undefined;
	}

	const {identity} = partial;
	const isChosen = file.sha256 === undefined ? identity.commit === revision() : identity.sha256 === file.sha256.toLowerCase();
	return isChosen ? identity : undefined;
}
