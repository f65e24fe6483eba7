const counts: ReadonlyArray<readonly [number, string]> = [[1e12, 'T'], [1e9, 'B'], [1e6, 'M'], [1e3, 'k']];

/**
A count in short: `7.6B`, `135M`, `12.3k`, `842`.
*/
export function formatCount(count: number): string {
	for (const [size, suffix] of counts) {
		if (count >= size * 0.9995) {
			const value = count / size;
			return `${value >= 99.95 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/v, '')}${suffix}`;
		}
	}

	return String(Math.round(count));
}

/**
With thousands separated: `32,768`.
*/
export function formatInteger(value: number): string {
	return Math.round(value).toLocaleString('en-US');
}

/**
A context length as people speak of it, in powers of two: `4K`, `32K`, `128K`, `1M`; `512` below.
*/
export function formatContext(tokens: number): string {
	if (tokens >= 1_048_576) {
		return `${Number((tokens / 1_048_576).toFixed(1))}M`;
	}

	return tokens >= 1024 ? `${Math.round(tokens / 1024)}K` : formatInteger(tokens);
}
