import {Box} from 'ink';
import {formatBytes} from '../../../format/bytes.js';
import {type BenchmarkRun} from '../../../types/benchmark.js';
import {Line} from '../../components/line.js';
import {runFacts, runName} from './run-facts.js';

export type BenchStripProps = {
	readonly run: BenchmarkRun;
	readonly width: number;
};

/**
The selected result on a low screen: its whole name, and what is cut off or has no column where it is narrow too.
*/
export function BenchStrip({run, width}: BenchStripProps) {
	const {interTokenLatencyMs: {median, minimum, maximum}, peakMemoryBytes} = run;
	return (
		<Box flexDirection='column' width={width} height={2} flexShrink={0}>
			<Line width={width} spans={[{text: ` ${runName(run)}`, isBold: true}, {text: ` · ${runFacts(run)}`, color: 'muted'}]}/>
			<Line width={width} spans={[` ${median.toFixed(2)} ms between tokens (${minimum.toFixed(2)} to ${maximum.toFixed(2)}) · peak memory ${formatBytes(peakMemoryBytes)}`]}/>
		</Box>
	);
}
