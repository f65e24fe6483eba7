import {type FileIdentity} from '../../partial/file-identity.js';

/**
What bytes that do not come from the hub have to prove themselves by.
*/
export type ExpectedFile = Pick<FileIdentity, 'sizeBytes' | 'sha256' | 'gitSha1'>;

/**
Whether bytes of any origin can be told from wrong ones.
*/
export function isVerifiable({sha256, gitSha1}: Pick<ExpectedFile, 'sha256' | 'gitSha1'>): boolean {
	return sha256 !== undefined || gitSha1 !== undefined;
}

/**
Whether a mirror says that it has that very content. One that does not say a hash has not.
*/
export function isAnnouncedBy(expected: ExpectedFile, announced: ExpectedFile): boolean {
	const kind = expected.sha256 === undefined ? 'gitSha1' : 'sha256';
	return expected.sizeBytes === announced.sizeBytes && expected[kind] !== undefined && expected[kind] === announced[kind];
}
