import {sanitizeLine} from '../../../format/sanitize.js';
import {type Check} from '../check.js';

// Lower case goes first, as the client has it.
const variables = [['https_proxy', 'HTTPS_PROXY'], ['http_proxy', 'HTTP_PROXY']] as const;

export const proxies: Check = {
	id: 'proxies',
	label: 'Proxies',
	look({environment}) {
		const set = variables.flatMap(names => names.filter(name => (environment[name] ?? '') !== '').slice(0, 1));
		if (set.length === 0) {
			return {status: 'ok', detail: 'none'};
		}

		const broken = set.find(name => !URL.canParse(environment[name]!));
		if (broken !== undefined) {
			return {status: 'error', detail: `${broken} is not an address`, hint: 'Write it as http://HOST:PORT.'};
		}

		const except = environment.no_proxy ?? environment.NO_PROXY ?? '';
		// Only the host: an address may hold a password.
		const used = set.map(name => `${name} ${new URL(environment[name]!).host}`).join(', ');
		return {status: 'ok', detail: `${used}${except === '' ? '' : `, except for ${sanitizeLine(except)}`}`};
	},
};
