import {errorLines} from '../../state/selectors/error-lines.js';
import {type ErrorReport} from '../../types/error-report.js';
import {Lines} from './lines.js';

export type ErrorViewProps = {
	readonly error: ErrorReport | undefined;
	readonly width: number;
	/**
	Lines at most. The default is 4.
	*/
	readonly limit?: number;
};

/**
What went wrong and what to do next, in as many lines as that takes; nothing without an error.
*/
export function ErrorView({error, width, limit}: ErrorViewProps) {
	const lines = errorLines(error, width, limit);
	return lines.length === 0 ? null : <Lines lines={lines.map(text => [{text, color: 'bad'}])} width={width} height={lines.length}/>;
}
