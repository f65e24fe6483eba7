import {type ModelArchitecture} from './model-architecture.js';
import {type FileRole} from './registry-model.js';

/**
A record of the manifest: a whole variant on this disk, verified.
*/
export type InstalledModel = {
	readonly id: string;
	readonly ref: string;
	readonly name: string;
	readonly family?: string;
	readonly quantization: string;
	readonly source: 'hugging-face' | 'starter' | 'file';
	/**
	Absolute path of the (first) model file.
	*/
	readonly path: string;
	readonly files: readonly InstalledFile[];
	/**
	Sum over `files`.
	*/
	readonly sizeBytes: number;
	/**
	`sha256:…` of the (first) model file; empty for a file of the user's that is used in place and recorded nowhere.
	*/
	readonly checksum: string;
	readonly license?: string;
	/**
	ISO 8601.
	*/
	readonly downloadedAt: string;
	readonly lastUsed?: string;
	readonly useCount: number;
	/**
	Tokens the model was trained for.
	*/
	readonly contextLength?: number;
	readonly parameters?: number;
	readonly architecture?: ModelArchitecture;
};

export type InstalledFile = {
	readonly path: string;
	readonly sizeBytes: number;
	/**
	`sha256:…`
	*/
	readonly checksum: string;
	readonly role: FileRole;
};
