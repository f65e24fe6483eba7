import {NotFoundError} from '../../../errors/not-found-error.js';
import {UsageError} from '../../../errors/usage-error.js';
import {type Config} from '../../../types/config.js';
import {type ConfigurationTemplate} from '../../../types/configuration-template.js';
import {type SamplingSettings} from '../../../types/generation.js';
import {findTemplate} from './list-templates.js';

export type ChatSettings = {
	readonly systemPrompt: string;
	readonly sampling: SamplingSettings;
	/**
	Of the template, for loading the model.
	*/
	readonly plan: ConfigurationTemplate['plan'];
};

/**
What a chat begins with: the settings `chat.*`, and before them those of a template; by default the one that `chat.template` names, if any.
@throws NotFoundError `unknown_template`; UsageError `template_without_text` for one that is not for chats.
*/
export function chatSettings(config: Pick<Config, 'chat' | 'templates'>, templateName: string = config.chat.template): ChatSettings {
	const {systemPrompt, sampling} = config.chat;
	if (templateName === '') {
		return {systemPrompt, sampling, plan: {}};
	}

	const template = templateName === config.chat.template ? configuredTemplate(config) : findTemplate(config, templateName);
	if (!template.generates) {
		throw new UsageError(`The template ${template.name} is not for answers: ${template.description}`, {
			code: 'template_without_text',
			hint: 'Choose another one; remuda optimize takes this one too.',
		});
	}

	return {
		systemPrompt: template.systemPrompt ?? systemPrompt,
		sampling: {...sampling, ...template.sampling},
		plan: template.plan,
	};
}

/**
The one that the config names, which nobody may have typed just now.
*/
function configuredTemplate(config: Pick<Config, 'chat' | 'templates'>): ConfigurationTemplate {
	try {
		return findTemplate(config, config.chat.template);
	} catch (error) {
		throw error instanceof NotFoundError
			? new NotFoundError(error.message, {code: error.code, hint: `chat.template names it: remuda config set chat.template "" leaves it out. ${error.hint ?? ''}`.trim(), cause: error})
			: error;
	}
}
