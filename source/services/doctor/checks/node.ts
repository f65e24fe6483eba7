import {type Check} from '../check.js';

export const node: Check = {
	id: 'node',
	label: 'Node.js',
	look({nodeVersion}) {
		const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
		return major > 22 || (major === 22 && minor >= 19)
			? {status: 'ok', detail: nodeVersion}
			: {status: 'error', detail: `${nodeVersion} is too old`, hint: 'Install Node.js 22.19 or newer from https://nodejs.org.'};
	},
};
