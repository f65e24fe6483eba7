const full = '█';
const empty = '░';

/**
A bar of `width` cells; the number beside it is the caller's. Fractions outside 0–1 are held at the ends.
*/
export function progressBar(fraction: number, width: number): string {
	const share = Number.isFinite(fraction) ? Math.max(0, Math.min(1, fraction)) : 0;
	const cells = Math.floor(share * width);
	return full.repeat(cells) + empty.repeat(Math.max(0, width - cells));
}
