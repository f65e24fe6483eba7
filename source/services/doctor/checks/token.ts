import {readHubSettings} from '../../network/hub-settings.js';
import {type Check} from '../check.js';

const variables = ['HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN'] as const;

export const token: Check = {
	id: 'token',
	label: 'Access token',
	async look({environment, config}) {
		const settings = await readHubSettings(environment, config.huggingFaceEndpoint);
		if (settings.token === undefined) {
			return {status: 'ok', detail: 'none; gated and private models need one'};
		}

		// Never its value, nor a part of it.
		const variable = variables.find(name => (environment[name]?.trim() ?? '') !== '');
		return {status: 'ok', detail: `from ${variable ?? 'the file of hf auth login'}, sent to ${settings.endpoint.host} only`};
	},
};
