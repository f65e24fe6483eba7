import {Box} from 'ink';
import {type ReactNode} from 'react';
import {theme} from '../theme.js';
import {Line} from './line.js';

export type FramedProps = {
	readonly title: string;
	/**
	Of the space it is centred in.
	*/
	readonly width: number;
	readonly height: number;
	/**
	Cells inside the frame.
	*/
	readonly innerWidth: number;
	readonly children: ReactNode;
};

/**
A titled frame in the middle of the screen.
*/
export function Framed({title, width, height, innerWidth, children}: FramedProps) {
	return (
		<Box width={width} height={height} justifyContent='center' alignItems='center'>
			<Box flexDirection='column' borderStyle='round' borderColor={theme.accent} paddingX={1} width={innerWidth + 4}>
				<Line width={innerWidth} spans={[{text: title, isBold: true}]}/>
				<Line width={innerWidth} spans={[]}/>
				{children}
			</Box>
		</Box>
	);
}
