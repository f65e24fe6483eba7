import {sanitizeLine} from '../format/sanitize.js';
import {type ConfigStore} from '../services/config/config-store.js';
import {createConfigStore} from '../services/config/create-config-store.js';
import {resolvePaths} from '../services/config/resolve-paths.js';
import {findTemplate} from '../services/load-plans/templates/list-templates.js';
import {ArgumentError} from './argument-error.js';
import {takeArguments} from './arguments.js';
import {type Command, type CommandContext} from './command.js';
import {suggest} from './suggest.js';
import {formatFields} from './table.js';

const actions = ['list', 'get', 'set', 'path'] as const;

export const command: Command = {
	usage: ['config [list]', 'config get SETTING', 'config set SETTING VALUE', 'config path'],
	description: 'An empty VALUE takes a setting out that may be left out, such as models_directory, and is no cap, no hours, no mirrors; of templates.NAME it takes the whole template out; '
		+ 'several mirrors have commas between them. Put -- before a VALUE that begins with a dash.',
	flags: {},
	examples: [
		'config',
		'config set engine.context_size 8192',
		'config set cache_limit_bytes 200GB',
		'config set downloads.rate_limit_bytes 5MB',
		'config set downloads.quiet_hours 23:00-07:00',
		'config set templates.review.temperature 0.2',
		'config get chat.default_model',
	],
	exitCodes: {2: 'no such setting, or a value it cannot have', 3: 'no such template'},
	async run(context) {
		const [action = 'list'] = context.input;
		const file = resolvePaths(context.environment).config;
		// Without reading the file: it is asked for when the file is broken.
		if (action === 'path') {
			takeArguments(context, {name: 'path', maximum: 1});
			context.output.result(() => ({path: file}), () => file);
			return;
		}

		await runAction(context, action, await createConfigStore({path: file}));
	},
};

async function runAction(context: CommandContext, action: string, config: ConfigStore): Promise<void> {
	switch (action) {
		case 'list': {
			takeArguments(context, {name: 'list', maximum: 1});
			context.output.result(() => ({path: config.path, settings: Object.fromEntries(config.entries())}), () =>
				formatFields(config.entries().map(([path, value]) => [path, show(value)])));
			return;
		}

		case 'get': {
			const [, path] = takeArguments(context, {name: 'the setting to get', minimum: 2, maximum: 2});
			print(context, config, path!);
			return;
		}

		case 'set': {
			const [, path, value] = takeArguments(context, {name: 'the setting and its value', minimum: 3, maximum: 3});
			if (path === 'chat.template' && value !== '') {
				// Here rather than at the next chat, which would have to say where the name comes from.
				findTemplate(config.current(), value!);
			}

			await config.set(path!, value);
			// What was taken out of a template is not listed any more.
			const now = config.entries().find(([name]) => name === path)?.[1];
			context.output.result(() => ({path, value: now}), () => show(now));
			return;
		}

		default: {
			const closest = suggest(action, actions);
			throw new ArgumentError(`Unknown action: config ${sanitizeLine(action).slice(0, 80)}`, {
				code: 'unknown_action',
				hint: closest === undefined ? `There are ${actions.join(', ')}.` : `Did you mean config ${closest}?`,
			});
		}
	}
}

function print({output}: CommandContext, config: ConfigStore, path: string): void {
	const entry = config.entries().find(([name]) => name === path);
	if (entry === undefined) {
		const closest = suggest(path, config.entries().map(([name]) => name));
		throw new ArgumentError(`There is no setting “${sanitizeLine(path).slice(0, 80)}”.`, {
			code: 'unknown_setting',
			hint: closest === undefined ? 'remuda config lists them.' : `Did you mean ${closest}?`,
		});
	}

	output.result(() => ({path, value: entry[1]}), () => show(entry[1]));
}

function show(value: unknown): string {
	if (Array.isArray(value)) {
		return value.map(entry => show(entry)).join(',');
	}

	return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
