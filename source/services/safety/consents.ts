import {type LicenseConsent, type LicenseTerms} from '../../types/license.js';

/**
The licences that the user has accepted, each once and for good.
*/
export type Consents = {
	/**
	Whether nothing has to be asked before a download under these terms: they are free, or were accepted.
	*/
	readonly has: (terms: LicenseTerms) => Promise<boolean>;
	/**
	Keeps that they were accepted, now; what was accepted before keeps its time.
	*/
	readonly record: (terms: LicenseTerms) => Promise<void>;
	/**
	Latest first.
	*/
	readonly list: () => Promise<readonly LicenseConsent[]>;
};
