/**
Remembers the last result for as long as the arguments are the very same objects: state never changes in place, so this is all a selector needs.
*/
export function memoize<Arguments extends readonly unknown[], Result>(compute: (...inputs: Arguments) => Result): (...inputs: Arguments) => Result {
	let last: {readonly inputs: Arguments; readonly result: Result} | undefined;
	return (...inputs) => {
		if (!last?.inputs.every((input, index) => Object.is(input, inputs[index]))) {
			last = {inputs, result: compute(...inputs)};
		}

		return last.result;
	};
}
