/**
A figure that can be computed with; undefined for what is missing, zero, negative or not finite.
*/
export function positive(figure: number | undefined): number | undefined {
	return figure !== undefined && Number.isFinite(figure) && figure > 0 ? figure : undefined;
}
