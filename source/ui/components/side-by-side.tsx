import {Box, Text} from 'ink';
import {type ReactNode} from 'react';
import {signs, theme} from '../theme.js';

export type SideBySideProps = {
	readonly left: ReactNode;
	readonly right: ReactNode;
	readonly leftWidth: number;
	readonly rightWidth: number;
	readonly height: number;
};

/**
Cells of the line between the two halves, with a space at both sides.
*/
export const dividerWidth = 3;

/**
A list and its details.
*/
export function SideBySide({left, right, leftWidth, rightWidth, height}: SideBySideProps) {
	return (
		<Box height={height} flexShrink={0}>
			<Box width={leftWidth} height={height} flexShrink={0}>{left}</Box>
			<Box width={dividerWidth} height={height} flexShrink={0} justifyContent='center'>
				<Text color={theme.muted}>{Array.from({length: height}, () => signs.divider).join('\n')}</Text>
			</Box>
			<Box width={rightWidth} height={height} flexShrink={0}>{right}</Box>
		</Box>
	);
}
