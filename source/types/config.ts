import {type SamplingSettings} from './generation.js';

/**
A configuration template as the user writes it; what is missing comes from the settings.
*/
export type TemplateSettings = {
	readonly description?: string;
	readonly systemPrompt?: string;
	readonly temperature?: number;
	readonly topP?: number;
	readonly topK?: number;
	readonly minP?: number;
	readonly repeatPenalty?: number;
	readonly maxTokens?: number;
	readonly contextSize?: number;
	readonly batchSize?: number;
};

/**
The settings of `config.json`, where keys are snake_case.
*/
export type Config = {
	readonly version: 1;
	readonly maxConcurrentDownloads: number;
	/**
	`https://huggingface.co` or a mirror; `HF_ENDPOINT` goes first.
	*/
	readonly huggingFaceEndpoint: string;
	/**
	Bytes the models folder may hold before `cache prune` without a limit removes something; 0 is no limit.
	*/
	readonly cacheLimitBytes: number;
	/**
	Folder of the models; default `REMUDA_HOME/models`.
	*/
	readonly modelsDirectory?: string;
	readonly downloads: {
		/**
		Of one file at once.
		*/
		readonly connectionsPerFile: number;
		/**
		Bytes per second of all downloads together; 0 is no cap.
		*/
		readonly rateLimitBytes: number;
		/**
		`HH:MM-HH:MM` in local time: downloads run only within; empty is always.
		*/
		readonly quietHours: string;
		/**
		Whether the recommended model is fetched in quiet hours without being asked for.
		*/
		readonly preloadRecommended: boolean;
		/**
		Servers with the same repositories as the hub, tried in this order after it.
		*/
		readonly mirrors: readonly string[];
		/**
		`in-order`: the hub, and a mirror where it fails. `auto`: all are measured, the fastest is used. `all`: the ranges of a file come from all of them at once.
		*/
		readonly mirrorUse: 'in-order' | 'auto' | 'all';
	};
	readonly network: {
		/**
		File with certificates (PEM) that are trusted besides the system's.
		*/
		readonly caCertificates?: string;
	};
	readonly chat: {
		readonly defaultModel: string;
		readonly systemPrompt: string;
		readonly sampling: SamplingSettings;
		/**
		Name of a configuration template; empty for none.
		*/
		readonly template: string;
	};
	/**
	The user's own configuration templates, by name.
	*/
	readonly templates: Readonly<Record<string, TemplateSettings>>;
	readonly engine: {
		readonly contextSize: number;
		readonly gpu: 'auto' | 'off';
		readonly sandbox: 'auto' | 'off';
		/**
		0 chooses: cores − 1, at least one.
		*/
		readonly threads: number;
	};
	readonly bench: {
		readonly iterations: number;
		readonly promptTokens: number;
		readonly generatedTokens: number;
	};
};
