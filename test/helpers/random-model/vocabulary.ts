const specials = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'] as const;

// Token types of llama.cpp.
const normal = 1;
const control = 3;
const unused = 5;

/**
A byte-level vocabulary in GPT-2's alphabet: every byte, one merge (a tokenizer without any is refused), what is never used, and three special tokens.
*/
export function vocabularyOf(size: number) {
	const bytes = Array.from({length: 256}, (_, byte) => letterOf(byte));
	const known = [...bytes, 'th'];
	const filler = Array.from({length: Math.max(0, size - known.length - specials.length)}, (_, index) => `[unused${index}]`);
	const tokens = [...known, ...filler, ...specials];
	return {
		tokens,
		types: [...known.map(() => normal), ...filler.map(() => unused), ...specials.map(() => control)],
		merges: ['t h'],
		endOfText: tokens.length - specials.length,
		endOfTurn: tokens.length - 1,
	};
}

/**
GPT-2 writes bytes that are no visible letter as one from U+0100 on, in order.
*/
function letterOf(byte: number): string {
	return isVisible(byte) ? String.fromCodePoint(byte) : String.fromCodePoint(256 + Array.from({length: byte}, (_, smaller) => smaller).filter(smaller => !isVisible(smaller)).length);
}

function isVisible(byte: number): boolean {
	return (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
}
