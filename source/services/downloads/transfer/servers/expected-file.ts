import {type RemoteFile} from '../../../../types/search.js';
import {type FileIdentity} from '../../partial/file-identity.js';

/**
What bytes that do not come from the hub have to prove themselves by.
*/
export type ExpectedFile = Pick<FileIdentity, 'sizeBytes' | 'sha256' | 'gitSha1'>;

/**
A file as the hub announces it, with the hash by which it was chosen before the hub's.
*/
export function expectedOf({sizeBytes, sha256, gitSha1}: FileIdentity, chosen: RemoteFile): ExpectedFile {
	return {sizeBytes, sha256: chosen.sha256?.toLowerCase() ?? sha256, gitSha1};
}

/**
Whether bytes of any origin can be told from wrong ones.
*/
export function isVerifiable({sha256, gitSha1}: Pick<ExpectedFile, 'sha256' | 'gitSha1'>): boolean {
	return sha256 !== undefined || gitSha1 !== undefined;
}

/**
Whether it is that very content, by what a mirror says of it or a disk holds. Without a hash it is not.
*/
export function isAnnouncedBy(expected: ExpectedFile, announced: ExpectedFile): boolean {
	const kind = expected.sha256 === undefined ? 'gitSha1' : 'sha256';
	return expected.sizeBytes === announced.sizeBytes && expected[kind] !== undefined && expected[kind] === announced[kind];
}
