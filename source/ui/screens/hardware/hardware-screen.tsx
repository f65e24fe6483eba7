import {Box} from 'ink';
import {fitDetails} from '../../../state/selectors/fit-details.js';
import {shownMachine} from '../../../state/selectors/hardware.js';
import {
	hardwareBodyRows,
	hardwareColumns,
	selectAllMachineLines,
	selectDetailsPage,
	selectMachineLines,
} from '../../../state/selectors/hardware-layout.js';
import {isWide} from '../../../state/selectors/layout.js';
import {ErrorView} from '../../components/error-view.js';
import {Line} from '../../components/line.js';
import {Lines} from '../../components/lines.js';
import {SideBySide} from '../../components/side-by-side.js';
import {type ScreenProps} from '../screen-props.js';
import {FitList} from './fit-list.js';
import {Page} from './page.js';
import {PlanView} from './plan-view.js';

/**
What the machine is, how busy it is, which models it can run and how fast, and how they are loaded.
*/
export function HardwareScreen({state, width, height}: ScreenProps) {
	const {hardware, plans} = state;
	const {error, focus, top} = hardware;
	if (!shownMachine(hardware)) {
		return error ? <ErrorView error={error} width={width}/> : <Line width={width} spans={[{text: ' Looking at this machine …', color: 'muted'}]}/>;
	}

	if (plans.open) {
		return <PlanView state={state} open={plans.open} width={width} height={height}/>;
	}

	if (focus === 'machine') {
		return <Page lines={selectAllMachineLines(state)} top={top} width={width} height={height}/>;
	}

	if (focus === 'details') {
		return <Page lines={selectDetailsPage(state).map(line => [' ', ...line])} top={top} width={width} height={height}/>;
	}

	const machine = selectMachineLines(state);
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Lines lines={machine} width={width} height={machine.length}/>
			<ErrorView error={error} width={width}/>
			<Models state={state} width={width} height={hardwareBodyRows(state)}/>
		</Box>
	);
}

/**
The list, with the details of the selected model beside it where there is room.
*/
function Models({state, width, height}: ScreenProps) {
	if (!isWide(state.screen)) {
		return <FitList state={state} width={width} height={height}/>;
	}

	const {list, details} = hardwareColumns(state.screen);
	const lines = fitDetails(state, details - 1);
	const shown = lines.length <= height ? lines : [...lines.slice(0, height - 1), [{text: `… ${lines.length - height + 1} more lines: Enter shows all`, color: 'muted'} as const]];
	return (
		<SideBySide
			leftWidth={list}
			rightWidth={details}
			height={height}
			left={<FitList state={state} width={list} height={height}/>}
			right={<Lines lines={shown} width={details - 1} height={height}/>}
		/>
	);
}
