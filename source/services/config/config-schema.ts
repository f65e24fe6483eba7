import * as z from 'zod/mini';
import {
	benchNumbers,
	samplingNumbers,
	seedNumber,
	type SettingNumber,
} from '../../format/setting-numbers.js';
import {
	choice,
	decimal,
	endpoint,
	endpoints,
	file,
	flag,
	folder,
	group,
	hours,
	line,
	lines,
	name,
	named,
	whole,
} from './setting-kinds.js';

/**
The version that this program writes.
*/
export const configVersion = 1;

const sampling = group({
	temperature: number(samplingNumbers.temperature),
	top_p: number(samplingNumbers.top_p),
	top_k: number(samplingNumbers.top_k),
	min_p: number(samplingNumbers.min_p),
	repeat_penalty: number(samplingNumbers.repeat_penalty),
	max_tokens: number(samplingNumbers.max_tokens),
	seed: z.optional(whole(seedNumber.minimum, seedNumber.maximum)),
});

const downloads = group({
	connections_per_file: z._default(whole(1, 16), 8),
	rate_limit_bytes: z._default(whole(0, Number.MAX_SAFE_INTEGER), 0),
	quiet_hours: z._default(hours(), ''),
	preload_recommended: z._default(flag(), false),
	mirrors: z._default(endpoints(16), []),
	mirror_use: z._default(choice(['in-order', 'auto', 'all']), 'in-order'),
});

const network = group({
	ca_certificates: z.optional(file()),
});

const templateName = z.union([z.literal(''), name()], {error: 'the name of a configuration template, or empty'});

const chat = group({
	default_model: z._default(line(1024), 'starter'),
	system_prompt: z._default(lines(32_768), ''),
	sampling,
	template: z._default(templateName, ''),
});

/**
The user's own configuration templates: by name, each with any of these.
*/
const template = z.strictObject({
	description: z.optional(line(200)),
	system_prompt: z.optional(lines(32_768)),
	temperature: optionalNumber(samplingNumbers.temperature),
	top_p: optionalNumber(samplingNumbers.top_p),
	top_k: optionalNumber(samplingNumbers.top_k),
	min_p: optionalNumber(samplingNumbers.min_p),
	repeat_penalty: optionalNumber(samplingNumbers.repeat_penalty),
	max_tokens: optionalNumber(samplingNumbers.max_tokens),
	context_size: z.optional(whole(256, 1_048_576)),
	batch_size: z.optional(whole(1, 16_384)),
}, {error: 'a template: { … }'});

const engine = group({
	context_size: z._default(whole(256, 1_048_576), 4096),
	gpu: z._default(choice(['auto', 'off']), 'auto'),
	sandbox: z._default(choice(['auto', 'off']), 'auto'),
	threads: z._default(whole(0, 1024), 0),
});

const bench = group({
	iterations: number(benchNumbers.iterations),
	prompt_tokens: number(benchNumbers.prompt_tokens),
	generated_tokens: number(benchNumbers.generated_tokens),
});

/**
What `config.json` may hold; the order here is the order in which settings are listed. Every setting has a default or is optional.
*/
export const configSchema = group({
	version: z._default(z.literal(configVersion, {error: `the number ${configVersion}`}), configVersion),
	max_concurrent_downloads: z._default(whole(1, 16), 2),
	hugging_face_endpoint: z._default(endpoint(), 'https://huggingface.co'),
	cache_limit_bytes: z._default(whole(0, Number.MAX_SAFE_INTEGER), 0),
	models_directory: z.optional(folder()),
	downloads,
	network,
	chat,
	engine,
	bench,
	templates: named(template),
});

export type ConfigDocument = z.infer<typeof configSchema>;

/**
One setting by its dotted path, with the schema of its value alone.
*/
export type Setting = {
	readonly path: string;
	readonly keys: readonly string[];
	readonly schema: z.core.$ZodType;
	/**
	May be left out and has no default.
	*/
	readonly optional: boolean;
};

/**
Every setting, in the order of the schema; not the version, which is not the user's to set.
*/
export const settings: readonly Setting[] = listSettings(configSchema, []).filter(({path}) => path !== 'version' && path !== 'templates');

/**
The setting with this path: one of the fixed ones, or `templates.NAME` and `templates.NAME.SETTING`, of which there are as many as the user likes.
*/
export function findSetting(path: string): Setting | undefined {
	return settings.find(setting => setting.path === path) ?? templateSettings(path).find(setting => setting.path === path);
}

/**
A template and its settings, for the path of any of them; none for another path.
*/
export function templateSettings(path: string): readonly Setting[] {
	const [root, chosen = ''] = path.split('.', 2);
	if (root !== 'templates' || !z.safeParse(name(), chosen).success) {
		return [];
	}

	const keys = ['templates', chosen];
	return [
		{
			path: keys.join('.'), keys, schema: template, optional: true,
		},
		...listSettings(template, keys),
	];
}

function optionalNumber({minimum, maximum, isInteger}: SettingNumber) {
	return z.optional(isInteger ? whole(minimum, maximum) : decimal(minimum, maximum));
}

function number({minimum, maximum, isInteger, usual}: SettingNumber) {
	return z._default(isInteger ? whole(minimum, maximum) : decimal(minimum, maximum), usual);
}

function listSettings(schema: z.core.$ZodType, keys: readonly string[]): readonly Setting[] {
	const inner = schema instanceof z.ZodMiniPrefault ? schema.def.innerType : schema;
	return inner instanceof z.ZodMiniObject
		? Object.entries(inner.def.shape).flatMap(([key, child]) => listSettings(child, [...keys, key]))
		: [{
			path: keys.join('.'), keys, schema, optional: schema instanceof z.ZodMiniOptional,
		}];
}
