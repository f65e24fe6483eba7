// Levenberg–Marquardt with a numerical Jacobian; residuals are made robust by the caller. Some forty parameters, some hundred residuals: seconds.
export type Problem = {
	readonly start: readonly number[];
	/**
	Residuals whose squares are summed.
	*/
	readonly residuals: (point: readonly number[]) => Float64Array;
};

const step = 1e-4;

export function leastSquares({start, residuals}: Problem, {iterations = 25, tolerance = 1e-4}: {readonly iterations?: number; readonly tolerance?: number} = {}): readonly number[] {
	let state = stateAt(start, residuals, 1e-2);
	for (let iteration = 0; iteration < iterations; iteration++) {
		const next = improved(state, residuals);
		const gained = state.cost - next.cost;
		const isDone = gained < tolerance * state.cost;
		state = next;
		if (isDone) {
			break;
		}
	}

	return state.point;
}

type State = {
	readonly point: readonly number[];
	readonly current: Float64Array;
	readonly cost: number;
	readonly damping: number;
};

function stateAt(point: readonly number[], residuals: Problem['residuals'], damping: number): State {
	const current = residuals(point);
	return {
		point, current, cost: sumOfSquares(current), damping,
	};
}

// One step downhill; damped more and more until it does go downhill.
function improved(state: State, residuals: Problem['residuals']): State {
	const {point, current, cost} = state;
	const jacobian = point.map((value, index) => residuals(point.with(index, value + step)).map((residual, row) => (residual - current[row]!) / step));
	for (let {damping} = state; damping < 1e6; damping *= 4) {
		const change = solve(normalEquations(jacobian, current, damping));
		const candidate = stateAt(point.map((value, index) => value - change[index]!), residuals, Math.max(1e-6, damping / 5));
		if (candidate.cost < cost) {
			return candidate;
		}
	}

	return state;
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

		const swapped = rows[pivot]!;
		rows[pivot] = rows[column]!;
		rows[column] = swapped;
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
	for (const [index, element] of left.entries()) {
		sum += element * right[index]!;
	}

	return sum;
}

function sumOfSquares(values: Float64Array): number {
	return dot(values, values);
}
