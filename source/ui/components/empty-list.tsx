import {Box} from 'ink';
import {wrapped} from '../../state/selectors/styled-lines.js';
import {Line} from './line.js';

export type EmptyListProps = {
	/**
	Why there is nothing, and what to do.
	*/
	readonly lines: readonly string[];
	readonly width: number;
	readonly height: number;
};

const indent = '  ';

/**
Stands where a list would be.
*/
export function EmptyList({lines, width, height}: EmptyListProps) {
	const rows = lines.flatMap((line, index) => wrapped(line, width - (2 * indent.length), {color: index === 0 ? undefined : 'muted'}));
	return (
		<Box flexDirection='column' width={width} height={height} flexShrink={0} paddingTop={Math.min(2, Math.max(0, height - rows.length))} overflowY='hidden'>
			{rows.map((spans, index) => (
				// A line has no identity but its place.
				<Line key={index} width={width} spans={[indent, ...spans]}/>
			))}
		</Box>
	);
}
