import {type SamplingSettings} from './generation.js';

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
	readonly chat: {
		readonly defaultModel: string;
		readonly systemPrompt: string;
		readonly sampling: SamplingSettings;
	};
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
