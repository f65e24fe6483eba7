import {Box} from 'ink';
import {formatBytes} from '../../../format/bytes.js';
import {fitCells} from '../../../format/cells.js';
import {selectFitRows} from '../../../state/selectors/hardware.js';
import {Line} from '../../components/line.js';
import {type ScreenProps} from '../screen-props.js';

/**
What the selected model needs, line by line, and what that means here.
*/
export function MemorySum({state, width, height}: ScreenProps) {
	const row = selectFitRows(state)[state.hardware.list.cursor];
	if (!row) {
		return null;
	}

	const {need, reason} = row.verdict;
	return (
		<Box flexDirection='column' width={width} height={height} overflow='hidden'>
			<Line width={width} spans={[]}/>
			<Line width={width} spans={[{text: ` ${row.model.name}`, isBold: true}, {text: need.approximate ? ' · its architecture is not known: a rule of thumb' : '', color: 'muted'}]}/>
			{need.lines.map(({label, bytes}) => <Line key={label} width={width} spans={[`   ${fitCells(label, 32)} ${formatBytes(bytes).padStart(9)}`]}/>)}
			<Line width={width} spans={[{text: `   ${fitCells('in all', 32)} ${formatBytes(need.totalBytes).padStart(9)}`, isBold: true}, `   ${reason}`]}/>
		</Box>
	);
}
