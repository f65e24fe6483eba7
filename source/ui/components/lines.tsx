import {Box} from 'ink';
import {Line, type Span} from './line.js';

export type Spans = ReadonlyArray<Span | string>;

export type LinesProps = {
	readonly lines: readonly Spans[];
	readonly width: number;
	/**
	Rows; what does not fit is left out, what is missing stays blank.
	*/
	readonly height: number;
};

/**
Lines from the top of a rectangle.
*/
export function Lines({lines, width, height}: LinesProps) {
	return (
		<Box flexDirection='column' width={width} height={height} flexShrink={0}>
			{lines.slice(0, height).map((spans, index) => (
				// A line has no identity but its place.
				<Line key={index} width={width} spans={spans}/>
			))}
		</Box>
	);
}
