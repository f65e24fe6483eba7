/**
A parsed model reference: names one runnable thing. The grammar is in docs/architecture.md.
*/
export type ModelReference = IdReference | StarterReference | FileReference | HuggingFaceReference | OllamaReference | ModelScopeReference | ProviderReference;

/**
The id of a registry entry or of an installed model.
*/
export type IdReference = {readonly kind: 'id'; readonly id: string};

/**
`starter`: the tiny model that ships with Remuda.
*/
export type StarterReference = {readonly kind: 'starter'};

/**
`./model.gguf`, `/abs/model.gguf`.
*/
export type FileReference = {readonly kind: 'file'; readonly path: string};

/**
`hf:OWNER/REPO[@REVISION][:QUANTIZATION]` or `hf:OWNER/REPO[@REVISION]/path/in/repo.gguf`.
*/
export type HuggingFaceReference = {
	readonly kind: 'hugging-face';
	/**
	`OWNER/REPO`.
	*/
	readonly repository: string;
	readonly revision?: string;
	readonly quantization?: string;
	readonly filePath?: string;
};

/**
`ollama:NAME[:TAG]`.
*/
export type OllamaReference = {readonly kind: 'ollama'; readonly name: string; readonly tag?: string};

/**
`ms:OWNER/REPO[:QUANTIZATION]`.
*/
export type ModelScopeReference = {readonly kind: 'modelscope'; readonly repository: string; readonly quantization?: string};

/**
`openai:NAME`, `anthropic:NAME`, `jan:NAME`, `ENDPOINT:NAME`.
*/
export type ProviderReference = {readonly kind: 'provider'; readonly provider: string; readonly model: string};
