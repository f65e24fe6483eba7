/**
Licences under which a model may be used for anything: permissive, copyleft and public domain ones. They ask for nothing before a download.
*/
const free: readonly RegExp[] = [
	/^(?:afl|apache|artistic|cdla-permissive|cdla-sharing|ecl|epl|etalab|eupl|mpl|ncsa|ofl|openmdw|osl|odc-by|odbl|pddl|postgresql|unlicense|wtfpl|zlib|isc)(?:-\d+(?:\.\d+)*)?$/v,
	/^(?:a|l)?gpl(?:-\d(?:\.\d)?)?(?:-only|-or-later|\+)?$/v,
	/^(?:0bsd|blueoak-1\.0\.0|bsd|bsd-[1-4]-clause|bsd-3-clause-clear|gfdl|bsl-1\.0|lppl-1\.3c|mit|mit-0|ms-pl)$/v,
	/^(?:cc0|cc0-1\.0|cc-by-\d\.\d|cc-by-sa-\d\.\d)$/v,
];

export type KnownLicense = {
	readonly title: string;
	readonly address?: string;
};

/**
Licences with terms of their own, by the names that hubs and the registry use. A name that stands here means the same text in every repository.
*/
const restricted: Readonly<Record<string, KnownLicense>> = {
	llama2: {title: 'Llama 2 Community License', address: 'https://ai.meta.com/llama/license/'},
	llama3: {title: 'Llama 3 Community License', address: 'https://www.llama.com/llama3/license/'},
	'llama3.1': {title: 'Llama 3.1 Community License', address: 'https://www.llama.com/llama3_1/license/'},
	'llama3.2': {title: 'Llama 3.2 Community License', address: 'https://www.llama.com/llama3_2/license/'},
	'llama3.3': {title: 'Llama 3.3 Community License', address: 'https://www.llama.com/llama3_3/license/'},
	llama4: {title: 'Llama 4 Community License', address: 'https://www.llama.com/llama4/license/'},
	gemma: {title: 'Gemma Terms of Use', address: 'https://ai.google.dev/gemma/terms'},
	openrail: {title: 'OpenRAIL', address: 'https://huggingface.co/blog/open_rail'},
	'openrail++': {title: 'OpenRAIL++'},
	'bigcode-openrail-m': {title: 'BigCode OpenRAIL-M', address: 'https://huggingface.co/spaces/bigcode/bigcode-model-license-agreement'},
	'bigscience-bloom-rail-1.0': {title: 'BigScience BLOOM RAIL 1.0', address: 'https://huggingface.co/spaces/bigscience/license'},
	'bigscience-openrail-m': {title: 'BigScience OpenRAIL-M', address: 'https://www.licenses.ai/blog/2022/8/26/bigscience-open-rail-m-license'},
	'creativeml-openrail-m': {title: 'CreativeML OpenRAIL-M', address: 'https://huggingface.co/spaces/CompVis/stable-diffusion-license'},
	'apple-amlr': {title: 'Apple Machine Learning Research License'},
	'apple-ascl': {title: 'Apple Sample Code License'},
	'c-uda': {title: 'Computational Use of Data Agreement'},
	deepseek: {title: 'DeepSeek License Agreement'},
	'deepfloyd-if-license': {title: 'DeepFloyd IF License'},
	'fair-noncommercial-research-license': {title: 'FAIR Noncommercial Research License'},
	'grok2-community': {title: 'Grok 2 Community License'},
	'h-research': {title: 'H Research License'},
	'intel-research': {title: 'Intel Research License'},
	'lfm1.0': {title: 'LFM Open License 1.0'},
	'qwen-research': {title: 'Qwen Research License'},
	qwen: {title: 'Qwen License'},
};

/**
`LicenseRef-Llama-3.2`, as the registry writes it after SPDX, and `llama3.2`, as the hub does, are one licence.
*/
export function licenseIdOf(name: string): string {
	return name
		.trim()
		.toLowerCase()
		.replaceAll(/\s+/gv, '-')
		.replace(/^licenseref-/v, '')
		.replace(/^(?<family>lfm|llama)-(?=\d)/v, '$<family>');
}

/**
Whether a licence, by its id, asks for nothing before a download.
*/
export function isFreeLicense(id: string): boolean {
	return free.some(pattern => pattern.test(id));
}

/**
A licence with terms of its own whose name means the same text everywhere.
*/
export function findRestrictedLicense(id: string): KnownLicense | undefined {
	if (Object.hasOwn(restricted, id)) {
		return restricted[id];
	}

	// Creative Commons licences that forbid commercial use or changes; each has an address of the same form.
	const {terms, version} = /^cc-(?<terms>by-nc|by-nd|by-nc-nd|by-nc-sa)-(?<version>\d\.\d)$/v.exec(id)?.groups ?? {};
	return terms === undefined || version === undefined
		? undefined
		: {title: `Creative Commons ${terms.toUpperCase()} ${version}`, address: `https://creativecommons.org/licenses/${terms}/${version}/`};
}
