import {type ModelKind} from '../../types/load-plan.js';
import {type PlanModel} from './plan-model.js';

/**
What a load plan begins with for one kind of model.
*/
export type KindDefaults = {
	/**
	Tokens that its usual work needs.
	*/
	readonly usefulContext: number;
	/**
	Tokens below which it is of no use.
	*/
	readonly leastContext: number;
	/**
	What for, for a person; ends a sentence.
	*/
	readonly because: string;
	/**
	The configuration template that suits it; none where the settings of chats do.
	*/
	readonly template?: string;
	/**
	The usual temperature of its kind.
	*/
	readonly temperature?: number;
};

export const kindDefaults: Readonly<Record<ModelKind, KindDefaults>> = {
	chat: {
		usefulContext: 8192, leastContext: 2048, because: 'for a conversation with some text in it', temperature: 0.7,
	},
	code: {
		usefulContext: 16_384, leastContext: 4096, because: 'for a few files of code', temperature: 0.2,
	},
	reasoning: {
		usefulContext: 32_768, leastContext: 8192, because: 'for long thoughts before an answer', temperature: 0.6,
	},
	vision: {
		usefulContext: 8192, leastContext: 4096, because: 'for an image, which takes up to some thousand tokens', temperature: 0.7,
	},
	embedding: {
		usefulContext: 512, leastContext: 256, because: 'for one short text at a time', template: 'embedding',
	},
};

const embeddingArchitecture = /bert|^t5encoder$|embedding/v;
// Of a name in lower case, one word at a time.
const wordsOf: ReadonlyArray<readonly [ModelKind, RegExp]> = [
	['embedding', /embed|^(?:bge|gte|e5|minilm|gritlm)$/v],
	['vision', /vision|llava|^(?:vl|moondream\d*|pixtral|smolvlm\d*|internvl\d*)$/v],
	['reasoning', /^(?:r1|qwq|reasoning|reasoner|thinking|magistral|oss|deepscaler|openthinker\d*)$/v],
	['code', /coder|codeqwen|starcoder|^(?:code|codellama|codegemma|codestral|devstral|opencoder)$/v],
];

/**
What a model is for: by its architecture, by whether it reads images, and by what its name says; a model for chats where nothing says otherwise.
*/
export function modelKindOf({id, name, architecture, readsImages, tags = []}: PlanModel): ModelKind {
	if (architecture !== undefined && embeddingArchitecture.test(architecture.name)) {
		return 'embedding';
	}

	const words = new Set([name, id, ...tags].join(' ').toLowerCase().split(/[\s\-\/:_]+/v));
	const [named] = wordsOf.find(([, pattern]) => [...words].some(word => pattern.test(word))) ?? [];
	return readsImages === true && named !== 'embedding' ? 'vision' : (named ?? 'chat');
}
