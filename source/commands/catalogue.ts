import {type Command} from './command.js';

type Entry = {
	readonly summary: string;
	readonly load: () => Promise<{readonly command: Command}>;
};

/**
Every command by name. Each is loaded only when it is called, so that none slows another down.
*/
export const catalogue: Readonly<Record<string, Entry>> = {
	search: {summary: 'Search Hugging Face for models', load: async () => import('./search.js')},
	list: {summary: 'List installed models, or the curated registry', load: async () => import('./list.js')},
	info: {summary: 'Show everything about one model', load: async () => import('./info.js')},
	download: {summary: 'Download models; go on where a download stopped', load: async () => import('./download.js')},
	downloads: {summary: 'Show and control the queue of downloads', load: async () => import('./downloads.js')},
	remove: {summary: 'Remove installed models', load: async () => import('./remove.js')},
	cache: {summary: 'Show, clean, prune or verify what is on disk', load: async () => import('./cache.js')},
	hardware: {summary: 'Show this machine and the models that fit it', load: async () => import('./hardware.js')},
	fit: {summary: 'Say whether, where and how fast models run here', load: async () => import('./fit.js')},
	optimize: {summary: 'Work out how to load a model on this machine, and keep it', load: async () => import('./optimize.js')},
	run: {summary: 'Answer one prompt', load: async () => import('./run.js')},
	chat: {summary: 'Hold a conversation, line by line', load: async () => import('./chat.js')},
	bench: {summary: 'Measure the speed and memory of models', load: async () => import('./bench.js')},
	config: {summary: 'Read and change the settings', load: async () => import('./config.js')},
	doctor: {summary: 'Check everything that commonly goes wrong', load: async () => import('./doctor.js')},
};
