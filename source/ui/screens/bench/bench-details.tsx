import {Box} from 'ink';
import {formatBytes} from '../../../format/bytes.js';
import {type BenchmarkRun, type Spread} from '../../../types/benchmark.js';
import {Line} from '../../components/line.js';
import {RuledTable} from '../../components/ruled-table.js';
import {runFacts, runName} from './run-facts.js';

export type BenchDetailsProps = {
	readonly run: BenchmarkRun;
	readonly width: number;
	readonly height: number;
};

/**
Every figure of the selected result, with its spread over the iterations.
*/
export function BenchDetails({run, width, height}: BenchDetailsProps) {
	return (
		<Box flexDirection='column' width={width} height={height} overflowY='hidden'>
			<Line
				width={width}
				spans={[
					{text: ` ${runName(run)}`, isBold: true},
					{text: ` · peak memory ${formatBytes(run.peakMemoryBytes)} · ${runFacts(run)}`, color: 'muted'},
				]}
			/>
			<RuledTable numeric={['median', 'minimum', 'maximum', 'deviation']} rows={figures(run)}/>
		</Box>
	);
}

function figures(run: BenchmarkRun): ReadonlyArray<Readonly<Record<string, string>>> {
	return [
		figure('generation tokens/s', run.generationTokensPerSecond),
		figure('prompt tokens/s', run.promptTokensPerSecond),
		figure('first token, ms', run.timeToFirstTokenMs),
		figure('between tokens, ms', run.interTokenLatencyMs),
	];
}

function figure(label: string, {median, minimum, maximum, standardDeviation}: Spread): Readonly<Record<string, string>> {
	const text = (value: number) => value.toFixed(value < 100 ? 2 : 0);
	return {
		figure: label, median: text(median), minimum: text(minimum), maximum: text(maximum), deviation: text(standardDeviation),
	};
}
