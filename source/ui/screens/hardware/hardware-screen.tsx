import {Box} from 'ink';
import {isShowingDetails} from '../../../state/selectors/hardware.js';
import {
	hardwareListRows,
	hasMemorySum,
	machineRows,
	memorySumRows,
} from '../../../state/selectors/layout.js';
import {ErrorView} from '../../components/error-view.js';
import {Line} from '../../components/line.js';
import {type ScreenProps} from '../screen-props.js';
import {FitTable} from './fit-table.js';
import {MachineLines} from './machine-lines.js';
import {MemorySum} from './memory-sum.js';

/**
What this machine is, how busy it is, and which models it can run.
*/
export function HardwareScreen({state, width, height}: ScreenProps) {
	const {hardware, screen} = state;
	const {report, error} = hardware;
	if (!report) {
		return error ? <ErrorView error={error} width={width}/> : <Line width={width} spans={[{text: ' Looking at this machine …', color: 'muted'}]}/>;
	}

	if (isShowingDetails(state)) {
		return <MemorySum state={state} width={width} height={height}/>;
	}

	return (
		<Box flexDirection='column' width={width} height={height}>
			<MachineLines state={state} width={width} height={machineRows(report)}/>
			<ErrorView error={error} width={width}/>
			<Line width={width} spans={[]}/>
			<FitTable state={state} width={width} height={hardwareListRows(screen, hardware) + 1}/>
			{hasMemorySum(screen, report) ? <Box marginTop={1}><MemorySum state={state} width={width} height={memorySumRows - 1}/></Box> : null}
		</Box>
	);
}
