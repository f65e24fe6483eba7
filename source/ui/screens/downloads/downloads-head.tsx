import {Box} from 'ink';
import {formatBytes, formatRate} from '../../../format/bytes.js';
import {cellWidth} from '../../../format/cells.js';
import {formatDuration, formatShortDuration} from '../../../format/duration.js';
import {downloadHeadRows} from '../../../state/selectors/downloads-layout.js';
import {selectDownloadTotals} from '../../../state/selectors/downloads.js';
import {statusWord} from '../../../state/selectors/download-words.js';
import {type AppState} from '../../../state/state.js';
import {type Download} from '../../../types/download.js';
import {Line, type Span} from '../../components/line.js';
import {type Spans} from '../../components/lines.js';
import {sparkline} from '../../../format/sparkline.js';

export type DownloadsHeadProps = {
	readonly state: AppState;
	readonly width: number;
};

/**
What all downloads come to, what holds them back, and how fast they were in the last minutes; a low screen has the graph below the list.
*/
export function DownloadsHead({state, width}: DownloadsHeadProps) {
	const isNarrow = width < 110;
	const queue = queueFacts(state, isNarrow);
	const limits = limitFacts(state, isNarrow);
	if (downloadHeadRows(state.screen) > 1) {
		const facts = inRow(limits, width - 2);
		return (
			<Box flexDirection='column' width={width} height={2} flexShrink={0}>
				<Line width={width} spans={[' ', ...inRow(queue, width - 2)]}/>
				<Line width={width} spans={[' ', ...withGraph(facts, state, width - 2)]}/>
			</Box>
		);
	}

	return <Line width={width} spans={[' ', ...inRow([...queue, ...limits], width - 2)]}/>;
}

const leastGraph = 24;
const gap = 3;

/**
The graph of the rate behind facts, where there is room for it.
*/
export function withGraph(facts: Spans, state: AppState, width: number): Spans {
	const left = width - widthOf(facts) - (facts.length > 0 ? gap : 0);
	const bars = left >= leastGraph ? graph(state, left) : [];
	return [...facts, ...(facts.length > 0 && bars.length > 0 ? [' '.repeat(gap)] : []), ...bars];
}

/**
As many facts as fit, the first ones first.
*/
function inRow(facts: readonly Span[], width: number): Spans {
	const spans: Span[] = [];
	let left = width;
	for (const fact of facts) {
		const text = `${spans.length > 0 ? ' · ' : ''}${fact.text}`;
		if (cellWidth(text) > left) {
			continue;
		}

		spans.push(...(spans.length > 0 ? [{text: ' · ', color: 'muted'} as const] : []), fact);
		left -= cellWidth(text);
	}

	return spans;
}

function queueFacts(state: AppState, isNarrow: boolean): readonly Span[] {
	const {active, waiting, scheduled, paused, failed, leftBytes, bytesPerSecond, etaSeconds} = selectDownloadTotals(state);
	const marked = state.downloads.marked.size;
	const isAny = active + waiting + scheduled.length > 0;
	return [
		...when(marked > 0, {text: `${marked} marked`, color: 'warning'}),
		...when(active > 0, {text: `${active} running`, color: 'accent'}),
		...when(waiting > 0, {text: `${waiting} waiting`}),
		...when(scheduled.length > 0, {text: `${scheduled.length} ${scheduledWord(scheduled, state)}`}),
		...when(paused > 0, {text: `${paused} paused`, color: 'warning'}),
		...when(failed > 0, {text: `${failed} failed${isNarrow ? '' : ', R tries them again'}`, color: 'bad'}),
		isAny ? {text: `${formatBytes(leftBytes)} to go`} : {text: 'nothing is running', color: 'muted'},
		// On a narrow screen the header above has it, and there is more to say.
		...when(bytesPerSecond > 0 && !isNarrow, {text: formatRate(bytesPerSecond)}),
		...when(etaSeconds !== undefined, {text: `${isNarrow ? formatShortDuration(etaSeconds) : formatDuration(etaSeconds)} left`}),
	];
}

/**
`at 03:00` where that is said of all of them.
*/
function scheduledWord(scheduled: readonly Download[], state: AppState): string {
	const [word = '', ...others] = new Set(scheduled.map(download => statusWord(download, state)));
	return others.length === 0 ? word : 'scheduled';
}

/**
Why it may be slower than it could be, or not run at all.
*/
function limitFacts({downloads: {limits}}: AppState, isNarrow: boolean): readonly Span[] {
	const {rateLimitBytes = 0, quietHours = ''} = limits ?? {};
	return [
		...when(rateLimitBytes > 0, {text: `${isNarrow ? 'max' : 'at most'} ${formatRate(rateLimitBytes)}`, color: 'warning'}),
		...when(quietHours !== '', {text: `only ${quietHours}`, color: 'warning'}),
	];
}

function when(isTrue: boolean, fact: Span): readonly Span[] {
	return isTrue ? [fact] : [];
}

/**
The highest bar is the highest rate that is shown; the number says what it stands for.
*/
function graph({downloads: {throughput}}: AppState, width: number): Spans {
	const label = (peak: number) => ` peak ${formatRate(peak)}`;
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
