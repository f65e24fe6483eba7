import {formatBytes} from '../../../format/bytes.js';
import {formatAge} from '../../../format/duration.js';
import {selectBenchRows, type BenchRow} from '../../../state/selectors/bench.js';
import {type ScreenState} from '../../../state/reducers/screen.js';
import {isWide} from '../../../state/selectors/layout.js';
import {type BenchmarkRun} from '../../../types/benchmark.js';
import {EmptyList} from '../../components/empty-list.js';
import {progressBar} from '../../../format/progress-bar.js';
import {Table, type Column} from '../../components/table.js';
import {type ScreenProps} from '../screen-props.js';
import {runName} from './run-facts.js';

/**
What was measured, newest first, with a bar that compares generation speed.
*/
export function BenchResults({state, width, height}: ScreenProps) {
	const {bench, screen} = state;
	if (bench.runs.length === 0) {
		return <EmptyList lines={['No results yet.', 'Enter measures the selected model; Space marks several.']} width={width} height={height}/>;
	}

	return (
		<Table
			columns={columnsFor(screen)}
			rows={selectBenchRows(state)}
			rowKey={({run}) => run.id}
			list={bench.results}
			width={width}
			height={height}
			isFocused={bench.focus === 'runs'}
		/>
	);
}

// Wide enough for a name and every figure, with a bar or without it.
const columnsWithBar = 78;

function columnsFor(screen: ScreenState): ReadonlyArray<Column<BenchRow>> {
	if (isWide(screen)) {
		return [name, bar(24), ...figures, {title: 'when', width: 12, value: ({run}) => formatAge(run.startedAt, screen.now)}];
	}

	return screen.columns < columnsWithBar ? [name, ...figures] : [name, bar(6), ...figures];
}

const name: Column<BenchRow> = {title: 'result', width: 'flex', value: ({run}) => runName(run)};

const bar = (width: number): Column<BenchRow> => ({
	title: '', width, color: () => 'accent', value: ({share}) => progressBar(share, width),
});

const figures: ReadonlyArray<Column<BenchRow>> = [
	figure('generation', 10, run => `${run.generationTokensPerSecond.median.toFixed(1)} t/s`),
	figure('prompt', 9, run => `${run.promptTokensPerSecond.median.toFixed(0)} t/s`),
	figure('first', 7, run => `${run.timeToFirstTokenMs.median.toFixed(0)} ms`),
	figure('between', 7, run => `${run.interTokenLatencyMs.median.toFixed(1)} ms`),
	figure('memory', 7, run => formatBytes(run.peakMemoryBytes)),
];

function figure(title: string, width: number, textOf: (run: BenchmarkRun) => string): Column<BenchRow> {
	return {
		title, width, align: 'right', value: ({run}) => textOf(run),
	};
}
