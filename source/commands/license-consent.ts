import {AccessError} from '../errors/access-error.js';
import {licenseTermsOf} from '../services/safety/license-terms.js';
import {type DownloadRequest} from '../types/download.js';
import {type LicenseTerms} from '../types/license.js';
import {isConfirmed, canAsk} from './ask.js';
import {type CommandContext} from './command.js';

/**
Makes sure that the licence of what is to be downloaded was accepted where it has terms of its own: before, by `--accept-license`, or now by a person at the terminal.
@throws AccessError `license_not_accepted`.
*/
export type RequireConsent = (request: DownloadRequest) => Promise<LicenseTerms>;

/**
One licence is asked for once, whatever the answer: ask for one after another. `undisturbed` keeps everything else off the screen meanwhile.
*/
export function createConsentDesk(context: CommandContext, undisturbed: <Result>(work: () => Promise<Result>) => Promise<Result>): RequireConsent {
	const refused = new Set<string>();
	return async request => {
		const {consents} = await context.services();
		const terms = licenseTermsOf(request);
		if (await consents.has(terms)) {
			return terms;
		}

		const isAccepted = context.flags.acceptLicense === true || (!refused.has(terms.key) && await isAcceptedNow(context, terms, undisturbed));
		if (!isAccepted) {
			refused.add(terms.key);
			throw notAccepted(request, terms);
		}

		await consents.record(terms);
		return terms;
	};
}

async function isAcceptedNow(context: CommandContext, {title, address, repository}: LicenseTerms, undisturbed: <Result>(work: () => Promise<Result>) => Promise<Result>): Promise<boolean> {
	if (context.output.json || !canAsk(context)) {
		return false;
	}

	return undisturbed(async () => {
		context.output.notice(`${repository} has a licence with terms of its own: ${title}\nRead it at ${address}`);
		return isConfirmed(context, 'Do you accept it?');
	});
}

function notAccepted({ref}: DownloadRequest, {title, address}: LicenseTerms): AccessError {
	return new AccessError(`${ref} is under a licence with terms of its own, which you have not accepted: ${title}.`, {
		code: 'license_not_accepted',
		hint: `Read it at ${address}; to accept it, add --accept-license.`,
	});
}
