import {Box} from 'ink';
import {formatBytes, formatRate} from '../../../format/bytes.js';
import {cellWidth} from '../../../format/cells.js';
import {formatDuration} from '../../../format/duration.js';
import {downloadHeadRows} from '../../../state/selectors/downloads-layout.js';
import {selectDownloadTotals} from '../../../state/selectors/downloads.js';
import {type AppState} from '../../../state/state.js';
import {Line, type Span} from '../../components/line.js';
import {type Spans} from '../../components/lines.js';
import {sparkline} from '../../components/sparkline.js';

export type DownloadsHeadProps = {
	readonly state: AppState;
	readonly width: number;
};

/**
What all downloads come to, and how fast they were in the last minutes: in a row of its own on a tall screen, else where the totals leave room.
*/
export function DownloadsHead({state, width}: DownloadsHeadProps) {
	const facts = totals(state, width);
	if (downloadHeadRows(state.screen) > 1) {
		return (
			<Box flexDirection='column' width={width} height={2} flexShrink={0}>
				<Line width={width} spans={facts}/>
				<Line width={width} spans={[' ', ...graph(state, width - 2)]}/>
			</Box>
		);
	}

	const used = widthOf(facts);
	const graphWidth = width - used - 3;
	return <Line width={width} spans={graphWidth >= leastGraph ? [...facts, ' '.repeat(3), ...graph(state, graphWidth)] : facts}/>;
}

const leastGraph = 30;

/**
As many facts as fit, the most important ones first.
*/
function totals(state: AppState, width: number): Spans {
	const {marked, limits} = state.downloads;
	const {active, pending, paused, failed, leftBytes, bytesPerSecond, etaSeconds} = selectDownloadTotals(state);
	const facts: ReadonlyArray<Span | undefined> = [
		marked.size > 0 ? {text: `${marked.size} marked`, color: 'warning'} : undefined,
		active > 0 ? {text: `${active} running`, color: 'accent'} : undefined,
		pending > 0 ? {text: `${pending} waiting`} : undefined,
		paused > 0 ? {text: `${paused} paused`, color: 'warning'} : undefined,
		failed > 0 ? {text: `${failed} failed${width >= 110 ? ', R tries them again' : ''}`, color: 'bad'} : undefined,
		active + pending > 0 ? {text: `${formatBytes(leftBytes)} to go`} : {text: paused > 0 ? 'nothing is running' : 'nothing to do', color: 'muted'},
		bytesPerSecond > 0 ? {text: formatRate(bytesPerSecond)} : undefined,
		etaSeconds === undefined ? undefined : {text: `${formatDuration(etaSeconds)} left`},
		limits && limits.rateLimitBytes > 0 ? {text: `at most ${formatRate(limits.rateLimitBytes)}`, color: 'warning'} : undefined,
		limits && limits.quietHours !== '' ? {text: `only ${limits.quietHours}`, color: 'warning'} : undefined,
	];
	const spans: Span[] = [{text: ' '}];
	let left = width - 2;
	for (const fact of facts) {
		const text = `${spans.length > 1 ? ' · ' : ''}${fact?.text ?? ''}`;
		if (!fact || cellWidth(text) > left) {
			continue;
		}

		spans.push(...(spans.length > 1 ? [{text: ' · ', color: 'muted'} as const] : []), fact);
		left -= cellWidth(text);
	}

	return spans;
}

/**
The highest bar is the highest rate that is shown; the number says what it stands for.
*/
function graph({downloads: {throughput}}: AppState, width: number): Spans {
	const label = (peak: number) => ` ${formatRate(peak)} at most`;
	const samples = throughput.samples.slice(-Math.max(0, width - label(999e6).length));
	const peak = Math.max(0, ...samples);
	return peak > 0 ? [{text: sparkline(samples, peak), color: 'accent'}, {text: label(peak), color: 'muted'}] : [];
}

function widthOf(spans: Spans): number {
	let width = 0;
	for (const span of spans) {
		width += cellWidth(typeof span === 'string' ? span : span.text);
	}

	return width;
}
