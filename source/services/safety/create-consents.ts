import * as z from 'zod/mini';
import {sanitizeLine} from '../../format/sanitize.js';
import {type LicenseConsent} from '../../types/license.js';
import {type Storage} from '../storage/storage.js';
import {type Consents} from './consents.js';

// What is shown is clean, even where somebody else has written the record.
const words = z.pipe(z.string().check(z.maxLength(2048)), z.transform(line => sanitizeLine(line)));

export const consentSchema = z.object({
	key: z.string().check(z.minLength(1), z.maxLength(2048)),
	title: words,
	address: words,
	repository: words,
	acceptedAt: z.iso.datetime(),
});

/**
Consents in a storage.
*/
export function createConsents({storage, clock = () => new Date()}: {
	readonly storage: Pick<Storage, 'records'>;
	/**
	The time of day.
	*/
	readonly clock?: () => Date;
}): Consents {
	const records = storage.records<LicenseConsent>('consents', consentSchema);
	return {
		async has({kind, key}) {
			return kind !== 'restricted' || await records.get(key) !== undefined;
		},
		async record({key, title, address, repository}) {
			const acceptedAt = clock().toISOString();
			await records.update(key, known => known === undefined
				? {
					key, title, address, repository, acceptedAt,
				}
				: undefined);
		},
		async list() {
			const consents = await records.list();
			return consents.toSorted((left, right) => Date.parse(right.acceptedAt) - Date.parse(left.acceptedAt));
		},
	};
}
