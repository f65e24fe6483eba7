import {type LicenseTerms} from '../../types/license.js';
import {findRestrictedLicense, isFreeLicense, licenseIdOf} from './known-licenses.js';

export type LicensedRepository = {
	/**
	As the hub or the registry names it; undefined where neither does.
	*/
	readonly license?: string | undefined;
	/**
	What the repository calls a licence that the hub has no name for.
	*/
	readonly licenseName?: string | undefined;
	/**
	Where the repository says that its licence is; https.
	*/
	readonly licenseLink?: string | undefined;
	/**
	`OWNER/REPO`.
	*/
	readonly repository: string;
};

// Words that stand for a licence and name none.
const nameless: ReadonlySet<string> = new Set(['other', 'custom', 'proprietary', 'license', 'array', 'cc']);
const unnamed: ReadonlySet<string> = new Set(['', 'unknown', 'none', 'null']);

/**
What the licence of a repository asks for before a download: nothing where it is well known and free, or where there is none to agree to; consent where it has terms of its own.
*/
export function licenseTermsOf({license, licenseName, licenseLink, repository}: LicensedRepository): LicenseTerms {
	const given = licenseIdOf(license ?? '');
	const name = licenseName?.trim() ?? '';
	const id = name !== '' && (nameless.has(given) || unnamed.has(given)) ? licenseIdOf(name) : given;
	const page = `https://huggingface.co/${repository}`;
	if (unnamed.has(id)) {
		return {
			kind: 'unknown', key: keyOf(repository, 'unknown'), title: 'unknown', address: page, repository,
		};
	}

	const shown = name !== '' && licenseIdOf(name) === id ? name : (license ?? id).replace(/^licenseref-/iv, '');
	if (isFreeLicense(id)) {
		return {
			kind: 'free', key: id, title: shown, address: licenseLink ?? page, repository,
		};
	}

	const known = findRestrictedLicense(id);
	return {
		kind: 'restricted',
		// Two repositories may give one name to two texts.
		key: known === undefined ? keyOf(repository, id) : id,
		title: known?.title ?? (nameless.has(id) ? `the licence of ${repository}` : shown),
		address: known?.address ?? licenseLink ?? page,
		repository,
	};
}

function keyOf(repository: string, id: string): string {
	return `${repository.toLowerCase()}#${id}`;
}
