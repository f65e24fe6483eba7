const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
A row of little bars, one cell a value, `maximum` being the highest.
*/
export function sparkline(values: readonly number[], maximum: number): string {
	return values.map(value => {
		const share = maximum > 0 ? Math.max(0, Math.min(1, value / maximum)) : 0;
		return levels[Math.round(share * (levels.length - 1))] ?? levels[0];
	}).join('');
}
