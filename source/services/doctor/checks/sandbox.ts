import {detectSandbox} from '../../engine/sandbox.js';
import {type Check} from '../check.js';

export const sandbox: Check = {
	id: 'sandbox',
	label: 'Sandbox',
	async look({environment, platform, config}) {
		const mode = config.engine.sandbox;
		const {report: {kind, detail}} = await detectSandbox({mode, platform, environment: {...environment}});
		// Switched off on purpose, or not to be had on this system: nothing to warn of.
		return kind === 'none' && mode === 'auto' && platform === 'linux'
			? {status: 'warning', detail, hint: 'Install bubblewrap with the package manager of your system, and only load models that you trust until then.'}
			: {status: 'ok', detail};
	},
};
