import {createHash} from 'node:crypto';

/**
The reference that an id belongs to already, if any.
*/
export type ReferenceOf = (modelId: string) => Promise<string | undefined>;

/**
A readable id for a variant of a repository, for example `qwen2.5-coder-3b-instruct-q4_k_m`; with the owner, and then a piece of a hash, where another model has that id.
*/
export async function chooseModelId({repository, stem, ref, referenceOf}: {
	readonly repository: string;
	/**
	What to make the id of: name and quantization, or a file name.
	*/
	readonly stem: string;
	readonly ref: string;
	readonly referenceOf: ReferenceOf;
}): Promise<string> {
	const short = slug(stem);
	if (await isFree(short, ref, referenceOf)) {
		return short;
	}

	const owned = slug(`${repository.slice(0, repository.indexOf('/'))}-${stem}`);
	return await isFree(owned, ref, referenceOf) ? owned : `${owned}-${createHash('sha256').update(ref).digest('hex').slice(0, 8)}`;
}

async function isFree(id: string, ref: string, referenceOf: ReferenceOf): Promise<boolean> {
	// `starter` means the model that ships with Remuda.
	const taken = id === 'starter' ? id : await referenceOf(id);
	return taken === undefined || taken === ref;
}

/**
Lower case, only `a-z 0-9 . _ -`, beginning with a letter or a digit, at most 100 characters; never ending as a file does, which would be read as one.
*/
export function slug(text: string): string {
	const words = text.toLowerCase().replaceAll('.gguf', '').match(/[\da-z]+(?:[\-._][\da-z]+)*/gv) ?? ['model'];
	return words.join('-').slice(0, 100);
}

/**
`Qwen2.5-Coder-3B-Instruct` of `Qwen/Qwen2.5-Coder-3B-Instruct-GGUF`.
*/
export function baseName(repository: string): string {
	return repository.slice(repository.indexOf('/') + 1).replace(/[\-._]gguf$/iv, '');
}
