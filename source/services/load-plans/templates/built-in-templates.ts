import {type ConfigurationTemplate} from '../../../types/configuration-template.js';

/**
Short, exact answers for programs and people that drive something with them: the same question gets the same answer, and nothing is said around it.
*/
const interfaceTemplate: ConfigurationTemplate = {
	name: 'interface',
	description: 'Short, exact answers for driving tools and user interfaces.',
	generates: true,
	systemPrompt: 'You answer for a user interface. Reply with exactly what was asked for and nothing else: no greeting, no explanation, no repetition of the question. If a format is asked for, keep to it to the letter. If you do not know, reply: unknown',
	// Near the likeliest token, because a program reads it; no penalty on repetition, because keys and brackets repeat.
	sampling: {
		temperature: 0.1, topP: 0.9, repeatPenalty: 1, maxTokens: 256,
	},
	plan: {contextSize: 4096},
	origin: 'built-in',
};

/**
Long, careful answers from much text: room for the sources in the context, and for the answer.
*/
const knowledgeTemplate: ConfigurationTemplate = {
	name: 'knowledge',
	description: 'Longer, careful answers, with room for much text to answer from.',
	generates: true,
	systemPrompt: 'You answer questions carefully and completely. Think about what is asked, give the reasons for what you say, and keep what you know apart from what you assume. If the answer is not in what you were given and you are not sure, say so. Structure a long answer.',
	sampling: {
		temperature: 0.4, topP: 0.95, repeatPenalty: 1.05, maxTokens: 4096,
	},
	plan: {contextSize: 16_384},
	origin: 'built-in',
};

/**
No text at all: one vector for each input. Embedding models read an input in one batch, and few inputs are longer than 512 tokens.
*/
const embeddingTemplate: ConfigurationTemplate = {
	name: 'embedding',
	description: 'Vectors of short texts: no answers, a small context, and a batch that holds it whole.',
	generates: false,
	sampling: {},
	plan: {contextSize: 512, batchSize: 512},
	origin: 'built-in',
};

export const builtInTemplates: readonly ConfigurationTemplate[] = [interfaceTemplate, knowledgeTemplate, embeddingTemplate];
