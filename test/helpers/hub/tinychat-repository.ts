import path from 'node:path';
import {fileOfBytes, fileOnDisk} from './hub-file.js';
import {type HubRepository} from './hub-repository.js';

const folder = path.resolve(import.meta.dirname, '../../../starter-model');

const card = `---
license: mit
base_model: remuda/tinychat-2.6M
language: en
tags:
- gguf
---
# tinychat 2.6M

A chat model of 2.6 million parameters, to try a program with. It knows a few capitals and can add.
`;

/**
`remuda/tinychat-2.6M-GGUF`: the four variants of the starter model, as real files.
*/
export function tinychatRepository(overrides: Partial<HubRepository> = {}): HubRepository {
	const variants = ['Q2_K', 'Q4_K_M', 'Q8_0', 'F16'].map(quantization => `tinychat-2.6M.${quantization}.gguf`);
	return {
		id: 'remuda/tinychat-2.6M-GGUF',
		downloads: 1234,
		likes: 56,
		license: 'mit',
		tags: ['text-generation', 'conversational', 'en'],
		gguf: {parameters: 2_623_744, architecture: 'llama', contextLength: 1024},
		files: {
			'README.md': fileOfBytes(card),
			...Object.fromEntries(variants.map(name => [name, fileOnDisk(path.join(folder, name))])),
		},
		...overrides,
	};
}
