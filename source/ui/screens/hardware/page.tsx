import {Box} from 'ink';
import {type StyledLine} from '../../../state/selectors/styled-lines.js';
import {Line} from '../../components/line.js';
import {Lines} from '../../components/lines.js';

export type PageProps = {
	readonly lines: readonly StyledLine[];
	/**
	The first one shown.
	*/
	readonly top: number;
	readonly width: number;
	readonly height: number;
};

/**
Lines that may be more than there is room for; the last row says so.
*/
export function Page({lines, top, width, height}: PageProps) {
	const shown = height - 1;
	// The window may have grown since.
	const first = Math.max(0, Math.min(top, lines.length - shown));
	const below = lines.length - first - shown;
	const more = first === 0 && below <= 0 ? '' : ` ${first + 1}–${Math.min(lines.length, first + shown)} of ${lines.length} lines · PgDn PgUp`;
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Lines lines={lines.slice(first)} width={width} height={shown}/>
			<Line width={width} spans={[{text: more, color: 'muted'}]}/>
		</Box>
	);
}
