/**
The same marks, but for one that is set or taken off.
*/
export function toggleMark(marked: ReadonlySet<string>, key: string): ReadonlySet<string> {
	const next = new Set(marked);
	if (!next.delete(key)) {
		next.add(key);
	}

	return next;
}

/**
The marks whose rows are still there; the same set where all are.
*/
export function keepMarks(marked: ReadonlySet<string>, keys: ReadonlySet<string>): ReadonlySet<string> {
	const kept = new Set(marked);
	for (const key of marked) {
		if (!keys.has(key)) {
			kept.delete(key);
		}
	}

	return kept.size === marked.size ? marked : kept;
}
