/**
A parsed model reference: names one runnable thing. The grammar is in docs/architecture.md.
*/
export type ModelReference =
	HuggingFaceReference | {readonly kind: 'id'; readonly id: string} | {readonly kind: 'starter'} | {readonly kind: 'file'; readonly path: string} | {readonly kind: 'ollama'; readonly name: string; readonly tag?: string} | {readonly kind: 'modelscope'; readonly repository: string; readonly quantization?: string} | {readonly kind: 'provider'; readonly provider: string; readonly model: string};

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
