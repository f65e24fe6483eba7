/**
A listener that keeps what it was told.
*/
export function recorder<Value>(): {readonly values: readonly Value[]; readonly listen: (value: Value) => void} {
	const values: Value[] = [];
	return {
		values,
		listen(value) {
			values.push(value);
		},
	};
}
