import {Box} from 'ink';
import {formatBytes} from '../../../format/bytes.js';
import {formatAge} from '../../../format/duration.js';
import {selectBenchRows, type BenchRow} from '../../../state/selectors/bench.js';
import {isWide} from '../../../state/selectors/layout.js';
import {Line} from '../../components/line.js';
import {progressBar} from '../../components/progress-bar.js';
import {Table, type Column} from '../../components/table.js';
import {type ScreenProps} from '../screen-props.js';

/**
What was measured, newest first, with a bar that compares generation speed.
*/
export function BenchResults({state, width, height}: ScreenProps) {
	const {bench, screen} = state;
	if (bench.runs.length === 0) {
		return (
			<Box flexDirection='column' width={width} height={height}>
				<Line width={width} spans={[{text: '  No results yet. Enter measures the selected model; Space marks several.', color: 'muted'}]}/>
			</Box>
		);
	}

	return (
		<Table
			columns={isWide(screen) ? wideColumns(screen.now) : narrowColumns}
			rows={selectBenchRows(state)}
			rowKey={({run}) => run.id}
			list={bench.results}
			width={width}
			height={height}
			isFocused={bench.focus === 'runs'}
		/>
	);
}

const name: Column<BenchRow> = {title: 'result', width: 'flex', value: ({run}) => `${run.name} ${run.quantization}`};
const generation: Column<BenchRow> = {
	title: 'generation', width: 11, align: 'right', value: ({run}) => `${run.generationTokensPerSecond.median.toFixed(1)} t/s`,
};
const prompt: Column<BenchRow> = {
	title: 'prompt', width: 11, align: 'right', value: ({run}) => `${run.promptTokensPerSecond.median.toFixed(1)} t/s`,
};
const firstToken: Column<BenchRow> = {
	title: 'first', width: 8, align: 'right', value: ({run}) => `${run.timeToFirstTokenMs.median.toFixed(0)} ms`,
};

const narrowColumns: ReadonlyArray<Column<BenchRow>> = [
	name,
	{
		title: '', width: 10, color: () => 'accent', value: ({share}) => progressBar(share, 10),
	},
	generation,
	prompt,
	firstToken,
];

function wideColumns(now: number): ReadonlyArray<Column<BenchRow>> {
	return [
		name,
		{
			title: '', width: 24, color: () => 'accent', value: ({share}) => progressBar(share, 24),
		},
		generation,
		prompt,
		firstToken,
		{
			title: 'between', width: 9, align: 'right', value: ({run}) => `${run.interTokenLatencyMs.median.toFixed(2)} ms`,
		},
		{
			title: 'memory', width: 9, align: 'right', value: ({run}) => formatBytes(run.peakMemoryBytes),
		},
		{title: 'when', width: 12, value: ({run}) => formatAge(run.startedAt, now)},
	];
}
