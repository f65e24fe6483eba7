import {wrapCells} from '../../format/wrap.js';
import {type ErrorReport} from '../../types/error-report.js';

/**
An error and what to do about it, as lines of at most `width` cells behind a sign; none without an error.
*/
export function errorLines(error: ErrorReport | undefined, width: number, limit = 4): readonly string[] {
	if (!error) {
		return [];
	}

	const lines = wrapCells(`${error.message} ${error.hint ?? ''}`.trim(), width - mark.length - 1);
	return lines.slice(0, limit).map((line, index) => `${index === 0 ? mark : ' '.repeat(mark.length)}${line}`);
}

const mark = ' ! ';
