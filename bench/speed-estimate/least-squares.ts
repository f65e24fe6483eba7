// Levenberg–Marquardt with a numerical Jacobian; residuals are made robust by the caller. Some forty parameters, some hundred residuals: seconds.
export type Problem = {
	readonly start: readonly number[];
	/**
	Residuals whose squares are summed.
	*/
	readonly residuals: (point: readonly number[]) => Float64Array;
};

const step = 1e-4;

export function leastSquares({start, residuals}: Problem, {iterations = 25, tolerance = 1e-4}: {readonly iterations?: number; readonly tolerance?: number} = {}): number[] {
	let point = [...start];
	let current = residuals(point);
	let cost = sumOfSquares(current);
	let damping = 1e-2;
	for (let iteration = 0; iteration < iterations; iteration++) {
		const jacobian = point.map((value, index) => {
			const moved = residuals(point.with(index, value + step));
			return moved.map((residual, row) => (residual - current[row]!) / step);
		});
		const before = cost;
		for (let attempt = 0; attempt < 8; attempt++) {
			const change = solve(normalEquations(jacobian, current, damping));
			const candidate = point.map((value, index) => value - change[index]!);
			const moved = residuals(candidate);
			const movedCost = sumOfSquares(moved);
			if (movedCost < cost) {
				[point, current, cost] = [candidate, moved, movedCost];
				damping = Math.max(1e-6, damping / 5);
				break;
			}

			damping *= 4;
		}

		if (before - cost < tolerance * before) {
			break;
		}
	}

	return point;
}

// (JᵀJ + damping·diagonal) change = Jᵀr, as rows with the right side last.
function normalEquations(jacobian: readonly Float64Array[], current: Float64Array, damping: number): number[][] {
	return jacobian.map((column, index) => [
		...jacobian.map((other, otherIndex) => dot(column, other) * (index === otherIndex ? 1 + damping : 1)),
		dot(column, current),
	]);
}

// Gaussian elimination with pivoting; changes its argument.
function solve(rows: number[][]): number[] {
	const size = rows.length;
	for (let column = 0; column < size; column++) {
		let pivot = column;
		for (let row = column + 1; row < size; row++) {
			pivot = Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!) ? row : pivot;
		}

		[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
		for (let row = column + 1; row < size; row++) {
			const factor = rows[row]![column]! / rows[column]![column]!;
			for (let index = column; index <= size; index++) {
				rows[row]![index]! -= factor * rows[column]![index]!;
			}
		}
	}

	const solution = Array.from({length: size}, () => 0);
	for (let row = size - 1; row >= 0; row--) {
		let rest = rows[row]![size]!;
		for (let index = row + 1; index < size; index++) {
			rest -= rows[row]![index]! * solution[index]!;
		}

		solution[row] = rest / rows[row]![row]!;
	}

	return solution;
}

function dot(left: Float64Array, right: Float64Array): number {
	let sum = 0;
	for (let index = 0; index < left.length; index++) {
		sum += left[index]! * right[index]!;
	}

	return sum;
}

function sumOfSquares(values: Float64Array): number {
	return dot(values, values);
}
