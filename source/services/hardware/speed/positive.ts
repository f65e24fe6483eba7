/**
A figure that can be computed with; undefined for what is missing, not above zero, or out of all proportion (below 10⁻⁶, above 10¹⁸).
*/
export function positive(figure: number | undefined): number | undefined {
	return figure !== undefined && figure > 1e-6 && figure < 1e18 ? figure : undefined;
}
