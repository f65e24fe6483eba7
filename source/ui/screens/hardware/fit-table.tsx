import {formatBytes} from '../../../format/bytes.js';
import {selectFitRows, type FitRow} from '../../../state/selectors/hardware.js';
import {isWide} from '../../../state/selectors/layout.js';
import {fitLabels} from '../../components/fit-label.js';
import {Table, type Column} from '../../components/table.js';
import {signs} from '../../theme.js';
import {type ScreenProps} from '../screen-props.js';

const name: Column<FitRow> = {title: 'model', width: 'flex', value: ({model}) => model.name};
const installed: Column<FitRow> = {title: '', width: 1, value: ({isInstalled}) => (isInstalled ? signs.installed : ' ')};
const need: Column<FitRow> = {
	title: 'needs', width: 9, align: 'right', value: ({verdict}) => `${verdict.need.approximate ? '≈' : ''}${formatBytes(verdict.need.totalBytes)}`,
};
const verdict: Column<FitRow> = {
	title: 'here', width: 9, value: row => fitLabels[row.verdict.level].text, color: row => fitLabels[row.verdict.level].color,
};
const recommended: Column<FitRow> = {
	title: '', width: 11, value: ({model}) => (model.recommended ? 'recommended' : ''), color: () => 'accent',
};

const narrow: ReadonlyArray<Column<FitRow>> = [installed, name, need, verdict, recommended];
const wide: ReadonlyArray<Column<FitRow>> = [...narrow, {
	title: 'why', width: 'flex', value: row => row.verdict.reason, color: () => 'muted',
}];

/**
What fits: recommended models first, the largest first.
*/
export function FitTable({state, width, height}: ScreenProps) {
	return (
		<Table
			columns={isWide(state.screen) ? wide : narrow}
			rows={selectFitRows(state)}
			rowKey={({modelId}) => modelId}
			list={state.hardware.list}
			width={width}
			height={height}
		/>
	);
}
