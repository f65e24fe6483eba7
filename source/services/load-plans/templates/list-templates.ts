import {NotFoundError} from '../../../errors/not-found-error.js';
import {nearest} from '../../../format/nearest.js';
import {sanitizeLine} from '../../../format/sanitize.js';
import {type Config, type TemplateSettings} from '../../../types/config.js';
import {type ConfigurationTemplate} from '../../../types/configuration-template.js';
import {builtInTemplates} from './built-in-templates.js';

/**
All templates there are: those that come with Remuda, with what the user changed of them, then the user's own.
*/
export function listTemplates({templates}: Pick<Config, 'templates'>): readonly ConfigurationTemplate[] {
	const changed = builtInTemplates.map(template => {
		const own = templates[template.name];
		return own === undefined ? template : withSettings(template, own);
	});
	const own = Object.entries(templates)
		.filter(([name]) => builtInTemplates.every(template => template.name !== name))
		.map(([name, settings]) => withSettings({
			name, description: 'From the config.', generates: true, sampling: {}, plan: {}, origin: 'config',
		}, settings));
	return [...changed, ...own];
}

/**
The template of this name.
@throws NotFoundError `unknown_template` that lists the names.
*/
export function findTemplate(config: Pick<Config, 'templates'>, name: string): ConfigurationTemplate {
	const templates = listTemplates(config);
	const found = templates.find(template => template.name === name);
	if (found === undefined) {
		const names = templates.map(template => template.name);
		const suggestion = nearest(name, names);
		throw new NotFoundError(`There is no configuration template “${sanitizeLine(name.slice(0, 80))}”.`, {
			code: 'unknown_template',
			hint: `${suggestion === undefined ? '' : `Did you mean ${suggestion}? `}There are ${names.join(', ')}.`,
		});
	}

	return found;
}

function withSettings(template: ConfigurationTemplate, settings: TemplateSettings): ConfigurationTemplate {
	const {description = template.description, systemPrompt = template.systemPrompt, contextSize, batchSize, ...sampling} = settings;
	return {
		...template,
		description,
		...(systemPrompt !== undefined && {systemPrompt}),
		sampling: {...template.sampling, ...sampling},
		plan: {...template.plan, ...(contextSize !== undefined && {contextSize}), ...(batchSize !== undefined && {batchSize})},
		origin: 'config',
	};
}
