import {Buffer} from 'node:buffer';
import path from 'node:path';
import {IntegrityError} from '../../../errors/integrity-error.js';
import {sanitizeLine} from '../../../format/sanitize.js';
import {type DownloadRequest} from '../../../types/download.js';

// Windows gives these names, with any extension, to devices.
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iv;
// Control characters, marks that reorder text on a screen, and what Windows reads as a folder, a drive or a stream.
const forbidden = /[\p{Bidi_Control}\p{Control}:\\\u{2028}\u{2029}]/v;
// What common file systems take for one name, with room for a suffix.
const maximumNameBytes = 240;
const maximumPathBytes = 1024;

/**
Where a file of a Hugging Face repository goes: `MODELS/huggingface/OWNER/REPO/FILE`, certainly inside of it.
@throws IntegrityError `unsafe_path`.
*/
export function targetPath(models: string, repository: string, filePath: string): string {
	const owner = repository.split('/');
	const parts = filePath.split('/');
	const isSafe = owner.length <= 2
		&& [...owner, ...parts].every(part => isSafeName(part))
		&& Buffer.byteLength(`${repository}/${filePath}`) <= maximumPathBytes;
	const root = path.resolve(models, 'huggingface');
	const target = path.join(root, ...owner, ...parts);
	if (!isSafe || !target.startsWith(root + path.sep)) {
		throw unsafePath(`Refused to write a file named ${quote(filePath)} of ${quote(repository)}: the name is not safe.`);
	}

	return target;
}

/**
The same for all files of a download, no two of which may meet.
*/
export function targetPaths(models: string, {repository, files}: DownloadRequest): readonly string[] {
	const targets = files.map(file => targetPath(models, repository, file.path));
	// Some file systems do not tell upper from lower case, nor the two ways to write an accent.
	if (new Set(targets.map(target => target.normalize('NFC').toLowerCase())).size < targets.length) {
		throw unsafePath(`Refused to download ${quote(repository)}: two of its files have the same name.`);
	}

	return targets;
}

function unsafePath(message: string): IntegrityError {
	return new IntegrityError(message, {code: 'unsafe_path', hint: 'The repository is broken or hostile. Choose another one.'});
}

function isSafeName(name: string): boolean {
	return name !== ''
		&& name.isWellFormed()
		// Windows drops a trailing dot or space; `.` and `..` end in one as well.
		&& !/[ .]$/v.test(name)
		&& !forbidden.test(name)
		&& !deviceName.test(name)
		&& Buffer.byteLength(name) <= maximumNameBytes;
}

function quote(text: string): string {
	return `"${sanitizeLine(text.toWellFormed()).slice(0, 120)}"`;
}
