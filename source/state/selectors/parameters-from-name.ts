const pattern = /(?:^|[ \-.\/_])(?:(?<experts>\d{1,3})x)?(?<number>\d{1,4}(?:\.\d{1,3})?)(?<unit>[bm])(?![\p{Letter}\p{Number}])/iv;

/**
The number of weights that a repository's name speaks of, as `7B`, `1.5b`, `8x7B` or `135M`; undefined where it does not.
*/
export function parametersFromName(name: string): number | undefined {
	const {experts = '1', number, unit} = pattern.exec(name)?.groups ?? {};
	const count = number === undefined || unit === undefined ? 0 : Number(experts) * Number(number) * (unit.toLowerCase() === 'b' ? 1e9 : 1e6);
	return count > 0 ? count : undefined;
}
