import {Box} from 'ink';
import {Line} from './line.js';

export type EmptyListProps = {
	/**
	Why there is nothing, and what to do.
	*/
	readonly lines: readonly string[];
	readonly width: number;
	readonly height: number;
};

/**
Stands where a list would be.
*/
export function EmptyList({lines, width, height}: EmptyListProps) {
	return (
		<Box flexDirection='column' width={width} height={height} flexShrink={0} paddingTop={Math.min(2, Math.max(0, height - lines.length))} overflow='hidden'>
			{lines.map((line, index) => <Line key={line} width={width} spans={[{text: `  ${line}`, color: index === 0 ? undefined : 'muted'}]}/>)}
		</Box>
	);
}
