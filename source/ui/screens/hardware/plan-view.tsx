import {Box} from 'ink';
import {type OpenPlan} from '../../../state/reducers/plans.js';
import {
	planHead,
	planOutcome,
	planOutcomeRows,
	planPosition,
	planRows,
} from '../../../state/selectors/plan-lines.js';
import {Line} from '../../components/line.js';
import {Lines} from '../../components/lines.js';
import {signs} from '../../theme.js';
import {type ScreenProps} from '../screen-props.js';
import {Page, type PageProps} from './page.js';

export type PlanViewProps = ScreenProps & {readonly open: OpenPlan};

/**
How a model is to be loaded: every value with its reason, what it comes to, and what is wrong with it.
*/
export function PlanView({state, open, width, height}: PlanViewProps) {
	const head = planHead(state, open);
	const rows = planRows(open, state.screen);
	const position = planPosition(open, state.screen);
	return (
		<Box flexDirection='column' width={width} height={height} overflowY='hidden'>
			<Lines lines={head} width={width} height={head.length}/>
			<Line width={width} spans={[{text: `${signs.rule.repeat(2)}${position}${signs.rule.repeat(width - 2 - position.length)}`, color: 'muted'}]}/>
			{rows.map(({line, isSelected}, index) => <Line key={index} width={width} isSelected={isSelected} spans={[isSelected ? `${signs.selected} ` : '  ', ...line]}/>)}
			<Line width={width} spans={[{text: signs.rule.repeat(width), color: 'muted'}]}/>
			<Outcome lines={planOutcome(open, width)} top={open.top} width={width} height={planOutcomeRows(state.screen)}/>
		</Box>
	);
}

/**
All of it where it has room, else as a page.
*/
function Outcome({lines, top, width, height}: PageProps) {
	return lines.length <= height ? <Lines lines={lines} width={width} height={height}/> : <Page lines={lines} top={top} width={width} height={height}/>;
}
