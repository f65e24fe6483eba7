import {Box} from 'ink';
import {formatBenchSettings} from '../../../format/bench-settings.js';
import {formatBytes} from '../../../format/bytes.js';
import {selectBenchActivity, selectBenchFraction} from '../../../state/selectors/bench.js';
import {benchModelRows, benchRunRows} from '../../../state/selectors/layout.js';
import {type InstalledModel} from '../../../types/installed-model.js';
import {Line} from '../../components/line.js';
import {progressBar} from '../../components/progress-bar.js';
import {Table, type Column} from '../../components/table.js';
import {type ScreenProps} from '../screen-props.js';
import {BenchDetails} from './bench-details.js';
import {BenchResults} from './bench-results.js';

const modelColumns: ReadonlyArray<Column<InstalledModel>> = [
	{title: 'model to measure', width: 'flex', value: ({name}) => name},
	{title: 'quantization', width: 12, value: ({quantization}) => quantization},
	{
		title: 'size', width: 9, align: 'right', value: ({sizeBytes}) => formatBytes(sizeBytes),
	},
];

/**
Choose models, measure them, compare what came out.
*/
export function BenchScreen({state, width, height}: ScreenProps) {
	const {bench, library, screen} = state;
	const modelRows = benchModelRows(screen);
	const resultRows = benchRunRows(screen);
	const detailRows = height - modelRows - resultRows - 5;
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Table
				columns={modelColumns}
				rows={library.models}
				rowKey={({id}) => id}
				list={bench.models}
				width={width}
				height={modelRows + 1}
				isFocused={bench.focus === 'models'}
				isMarked={({id}) => bench.marked.has(id)}
			/>
			<ProgressLines state={state} width={width} height={2}/>
			<Line width={width} spans={[]}/>
			<BenchResults state={state} width={width} height={resultRows + 1}/>
			{detailRows > 0 ? <BenchDetails state={state} width={width} height={detailRows}/> : null}
		</Box>
	);
}

function ProgressLines({state, width}: ScreenProps) {
	const {bench} = state;
	const activity = selectBenchActivity(state);
	if (activity !== '') {
		const barWidth = Math.max(10, width - 20);
		const fraction = selectBenchFraction(state);
		return (
			<Box flexDirection='column' height={2} flexShrink={0}>
				<Line width={width} spans={[{text: ` ${activity}`, color: 'accent'}]}/>
				<Line width={width} spans={[{text: ` ${progressBar(fraction, barWidth)} ${Math.round(fraction * 100)} %`, color: 'accent'}]}/>
			</Box>
		);
	}

	return (
		<Box flexDirection='column' height={2} flexShrink={0}>
			<Line width={width} spans={[{text: ` ${formatBenchSettings(bench.settings)} · one warm-up first`, color: 'muted'}]}/>
			<Line width={width} spans={bench.error ? [{text: ` ! ${bench.error.message} ${bench.error.hint ?? ''}`, color: 'bad'}] : []}/>
		</Box>
	);
}
