import {Box} from 'ink';
import {formatBenchSettings} from '../../../format/bench-settings.js';
import {formatBytes} from '../../../format/bytes.js';
import {nameWithoutQuantization} from '../../../format/model-name.js';
import {selectBenchActivity, selectBenchFraction, selectBenchWaiting} from '../../../state/selectors/bench.js';
import {
	benchDetailRows,
	benchErrorLines,
	benchModelRows,
	benchResultRows,
} from '../../../state/selectors/bench-layout.js';
import {type InstalledModel} from '../../../types/installed-model.js';
import {Line} from '../../components/line.js';
import {Lines} from '../../components/lines.js';
import {progressBar} from '../../../format/progress-bar.js';
import {Table, tableHeadingRows, type Column} from '../../components/table.js';
import {type ScreenProps} from '../screen-props.js';
import {BenchDetails} from './bench-details.js';
import {BenchResults} from './bench-results.js';
import {BenchStrip} from './bench-strip.js';

const modelColumns: ReadonlyArray<Column<InstalledModel>> = [
	{title: 'model to measure', width: 'flex', value: ({name, quantization}) => nameWithoutQuantization(name, quantization)},
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
	const detailRows = benchDetailRows(screen);
	const errors = benchErrorLines(bench, screen);
	const run = bench.runs[bench.results.cursor];
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Table
				columns={modelColumns}
				rows={library.models}
				rowKey={({id}) => id}
				list={bench.models}
				width={width}
				height={benchModelRows(screen) + tableHeadingRows}
				isFocused={bench.focus === 'models'}
				isMarked={({id}) => bench.marked.has(id)}
			/>
			<ProgressLines state={state} width={width} height={2}/>
			<Lines lines={errors.map(text => [{text, color: 'bad'}])} width={width} height={errors.length}/>
			<Line width={width} spans={[]}/>
			<BenchResults state={state} width={width} height={benchResultRows(bench, screen) + tableHeadingRows}/>
			{run && (detailRows > 2 ? <BenchDetails run={run} width={width} height={detailRows}/> : <BenchStrip run={run} width={width}/>)}
		</Box>
	);
}

function ProgressLines({state, width}: ScreenProps) {
	const {bench} = state;
	const activity = selectBenchActivity(state);
	if (activity !== '') {
		const fraction = selectBenchFraction(state);
		const waiting = selectBenchWaiting(state);
		const progress = ` ${Math.round(fraction * 100)} %${waiting === '' ? '' : ` · ${waiting}`}`;
		const barWidth = Math.max(10, width - 2 - progress.length);
		return (
			<Box flexDirection='column' height={2} flexShrink={0}>
				<Line width={width} spans={[{text: ` ${activity}`, color: 'accent'}]}/>
				<Line width={width} spans={[{text: ` ${progressBar(fraction, barWidth)}${progress}`, color: 'accent'}]}/>
			</Box>
		);
	}

	return (
		<Box flexDirection='column' height={2} flexShrink={0}>
			<Line width={width} spans={[{text: ` ${formatBenchSettings(bench.settings)} · one warm-up first`, color: 'muted'}]}/>
		</Box>
	);
}
