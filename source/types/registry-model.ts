import {type ModelArchitecture} from './model-architecture.js';

/**
One entry of `registry.json`, checked at load.
*/
export type RegistryModel = {
	readonly id: string;
	readonly name: string;
	readonly family: string;
	/**
	Number of weights.
	*/
	readonly parameters: number;
	/**
	Weights used per token, for a mixture of experts.
	*/
	readonly activeParameters?: number;
	readonly quantization: string;
	/**
	Tokens.
	*/
	readonly contextWindow: number;
	/**
	Bytes of all files of the variant; computed from parameters and quantization where `fileSizeExact` is false.
	*/
	readonly fileSize: number;
	readonly fileSizeExact: boolean;
	/**
	Bytes: weights, KV cache at 4,096 tokens and buffers.
	*/
	readonly ramRequired: number;
	/**
	`OWNER/REPO`.
	*/
	readonly huggingFaceRepo: string;
	/**
	The first (or only) model file, a path in the repository.
	*/
	readonly fileName: string;
	/**
	Of `fileName`; unknown for some, then the hub's own hash is used.
	*/
	readonly sha256?: string;
	/**
	A commit that the hash belongs to.
	*/
	readonly revision?: string;
	readonly files: readonly RegistryFile[];
	readonly recommended: boolean;
	readonly description: string;
	readonly tags: readonly string[];
	readonly license: string;
	/**
	Version of this entry, raised when its file changes.
	*/
	readonly version: string;
	readonly deprecated: boolean;
	readonly architecture?: ModelArchitecture;
};

export type RegistryFile = {
	readonly fileName: string;
	readonly role: FileRole;
	readonly sizeBytes?: number;
	readonly sha256?: string;
};

export type FileRole = 'model' | 'shard' | 'mmproj';
