/**
The earlier array where the later one says the same, else the later with the earlier items where those say the same: what has not changed keeps its identity. Items are compared field by field.
*/
export function keepSame<Item>(before: readonly Item[], after: readonly Item[]): readonly Item[] {
	const items = after.map((item, index) => index < before.length && isSame(before[index], item) ? before[index]! : item);
	return items.length === before.length && items.every((item, index) => item === before[index]) ? before : items;
}

/**
Whether two say the same, field by field.
*/
export function isSame(left: unknown, right: unknown): boolean {
	if (left === right) {
		return true;
	}

	if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
		return false;
	}

	const fields = Object.entries(left);
	return fields.length === Object.keys(right).length && fields.every(([key, value]) => Object.hasOwn(right, key) && (right as Readonly<Record<string, unknown>>)[key] === value);
}
