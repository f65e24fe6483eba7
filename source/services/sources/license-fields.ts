import {type ModelDetails} from '../../types/search.js';
import {type ModelReply} from './hub-replies.js';
import {isSafePath} from './safe-path.js';

export type LicenseFields = Pick<ModelDetails, 'licenseName' | 'licenseLink'>;

/**
What the card of a repository says of its licence: the name that the hub has none for, and where the text is. Keys without a value are left away.
*/
export function licenseFields({id, cardData}: Pick<ModelReply, 'id' | 'cardData'>): LicenseFields {
	const name = cardData?.licenseName;
	const link = cardData?.licenseLink === undefined ? undefined : toAddress(cardData.licenseLink, id);
	return {
		...(name !== undefined && name !== '' && {licenseName: name}),
		...(link !== undefined && {licenseLink: link}),
	};
}

/**
A link is an https address, or the path of a file in the repository. Anything else is not shown to anybody.
*/
function toAddress(link: string, repository: string): string | undefined {
	const text = link.trim();
	const url = URL.parse(text);
	if (url !== null) {
		return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined;
	}

	return isSafePath(text) ? new URL(`https://huggingface.co/${repository}/blob/main/${text.split('/').map(part => encodeURIComponent(part)).join('/')}`).href : undefined;
}
