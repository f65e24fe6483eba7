const intervalMs = 100;

/**
Gathers text and tokens, and passes them on at once the first time and then every 100 ms.
*/
export type ProgressBatcher = {
	readonly add: (text: string, tokens: number) => void;
	readonly flush: () => void;
};

export function createProgressBatcher(send: (text: string, generatedTokens: number) => void): ProgressBatcher {
	// An event of the protocol holds 64 Ki characters; a batch is far below that, unless one token is absurdly long.
	const maximumTextLength = 32 * 1024;
	let text = '';
	let tokens = 0;
	let sentTokens = 0;
	let sentAt: number | undefined;
	let timer: NodeJS.Timeout | undefined;

	const flush = () => {
		clearTimeout(timer);
		timer = undefined;
		if (text === '' && tokens === sentTokens) {
			return;
		}

		for (let start = 0; start === 0 || start < text.length; start += maximumTextLength) {
			send(text.slice(start, start + maximumTextLength), tokens);
		}

		text = '';
		sentTokens = tokens;
		sentAt = performance.now();
	};

	return {
		add(more, count) {
			text += more;
			tokens += count;
			const wait = sentAt === undefined ? 0 : intervalMs - (performance.now() - sentAt);
			if (wait <= 0) {
				flush();
			} else {
				timer ??= setTimeout(flush, wait);
			}
		},
		flush,
	};
}
