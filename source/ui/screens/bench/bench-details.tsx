import {Box} from 'ink';
import {formatBytes} from '../../../format/bytes.js';
import {type BenchmarkRun, type Spread} from '../../../types/benchmark.js';
import {Line} from '../../components/line.js';
import {RuledTable} from '../../components/ruled-table.js';
import {type ScreenProps} from '../screen-props.js';

/**
Every figure of the selected result, with its spread over the iterations.
*/
export function BenchDetails({state, width, height}: ScreenProps) {
	const run = state.bench.runs[state.bench.results.cursor];
	if (!run) {
		return null;
	}

	const {name, quantization, iterations, threads, contextSize, device, peakMemoryBytes} = run;
	const [first] = iterations;
	return (
		<Box flexDirection='column' width={width} height={height} overflow='hidden'>
			<Line
				width={width}
				spans={[
					{text: ` ${name} ${quantization}`, isBold: true},
					{text: ` · ${iterations.length} × (${first?.promptTokens ?? 0} + ${first?.generatedTokens ?? 0} tokens) · ${threads} threads · context ${contextSize} · peak ${formatBytes(peakMemoryBytes)} · ${device}`, color: 'muted'},
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
