import {type FileRole} from './registry-model.js';
import {type ModelArchitecture} from './model-architecture.js';

export type SearchQuery = {
	readonly text: string;
	/**
	Opaque; from the page before.
	*/
	readonly cursor?: string;
	readonly limit?: number;
};

/**
One repository found by a search. Text is already stripped of control sequences.
*/
export type SearchResult = {
	/**
	`hf:OWNER/REPO`.
	*/
	readonly ref: string;
	readonly repository: string;
	readonly downloads: number;
	readonly likes: number;
	readonly updatedAt?: string;
	readonly gated: boolean;
	readonly license?: string;
	readonly tags: readonly string[];
};

export type SearchPage = {
	readonly results: readonly SearchResult[];
	readonly nextCursor?: string;
};

/**
Everything about one repository that a person decides by.
*/
export type ModelDetails = {
	readonly ref: string;
	readonly repository: string;
	/**
	Commit hash that the variants belong to.
	*/
	readonly revision: string;
	readonly downloads: number;
	readonly likes: number;
	readonly gated: boolean;
	readonly license?: string;
	/**
	What the repository calls a licence that the hub has no name for.
	*/
	readonly licenseName?: string;
	/**
	Where the repository says that its licence is; https.
	*/
	readonly licenseLink?: string;
	readonly tags: readonly string[];
	readonly updatedAt?: string;
	readonly architectureName?: string;
	readonly architecture?: ModelArchitecture;
	readonly parameters?: number;
	readonly contextLength?: number;
	/**
	Smallest first.
	*/
	readonly variants: readonly Variant[];
};

/**
One quantization of a model: one file, or all shards of one, plus its mmproj.
*/
export type Variant = {
	/**
	`hf:OWNER/REPO:QUANTIZATION`, or with the file path where the quantization alone is ambiguous.
	*/
	readonly ref: string;
	readonly quantization: string;
	readonly files: readonly RemoteFile[];
	/**
	Sum over `files`.
	*/
	readonly sizeBytes: number;
};

export type RemoteFile = {
	/**
	Path in the repository; checked: relative, no `..`, no control characters.
	*/
	readonly path: string;
	readonly sizeBytes: number;
	readonly sha256?: string;
	readonly role: FileRole;
};
