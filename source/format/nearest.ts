// Beyond this a comparison costs more than a suggestion is worth.
const maximumLength = 200;

/**
The candidate most like `text`, case aside, for a “did you mean”; undefined when none is near enough to be meant.
*/
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
	if (text === '' || text.length > maximumLength) {
		return undefined;
	}

	const wanted = text.toLowerCase();
	let best: string | undefined;
	// A third of the letters may be wrong; below that, likeness is chance.
	let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1;
	for (const candidate of candidates) {
		if (Math.abs(candidate.length - wanted.length) >= bestDistance || candidate.length > maximumLength) {
			continue;
		}

		const distance = editDistance(wanted, candidate.toLowerCase());
		if (distance >= bestDistance || distance >= wanted.length) {
			continue;
		}

		best = candidate;
		bestDistance = distance;
	}

	return best;
}

/**
Levenshtein distance: insertions, deletions and replacements that make `left` of `right`. Wagner and Fischer's table, one row at a time.
*/
export function editDistance(left: string, right: string): number {
	let row = Array.from({length: [...right].length + 1}, (_, index) => index);
	for (const [index, leftLetter] of [...left].entries()) {
		const next = [index + 1];
		for (const [column, rightLetter] of [...right].entries()) {
			next.push(Math.min(
				row[column + 1]! + 1,
				next[column]! + 1,
				row[column]! + (leftLetter === rightLetter ? 0 : 1),
			));
		}

		row = next;
	}

	return row.at(-1)!;
}
