import {Box} from 'ink';
import {formatBytes} from '../../../format/bytes.js';
import {selectFitRows} from '../../../state/selectors/hardware.js';
import {Line} from '../../components/line.js';
import {Lines} from '../../components/lines.js';
import {RuledTable} from '../../components/ruled-table.js';
import {wrapped} from '../../../state/selectors/styled-lines.js';
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
	const parts = [...need.lines, {label: 'in all', bytes: need.totalBytes}];
	const why = wrapped(reason, width - 2, {limit: Math.max(1, height - tableRows - 1)});
	return (
		<Box flexDirection='column' width={width} height={height} overflowY='hidden'>
			<Line
				width={width}
				spans={[
					{text: ` ${row.model.name}`, isBold: true},
					{text: need.approximate ? ' · its architecture is not known: a rule of thumb' : '', color: 'muted'},
				]}
			/>
			<Lines lines={why.map(spans => [' ', ...spans])} width={width} height={why.length}/>
			<RuledTable numeric={['size']} rows={parts.map(({label, bytes}) => ({part: label, size: formatBytes(bytes)}))}/>
		</Box>
	);
}

/**
Rows of a heading, three parts and their sum, with rules between all of them.
*/
const tableRows = 11;
