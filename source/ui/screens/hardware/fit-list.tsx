import {Box} from 'ink';
import {formatBytes} from '../../../format/bytes.js';
import {cellWidth} from '../../../format/cells.js';
import {nameWithoutQuantization} from '../../../format/model-name.js';
import {formatContext} from '../../../format/number.js';
import {formatSpeed, formatTokensPerSecond} from '../../../format/speed.js';
import {fitLabels, fitWords} from '../../../state/selectors/fit-words.js';
import {selectFitRows, type FitRow} from '../../../state/selectors/hardware.js';
import {type AppState} from '../../../state/state.js';
import {EmptyList} from '../../components/empty-list.js';
import {Line} from '../../components/line.js';
import {Table, type Column} from '../../components/table.js';
import {TextInput} from '../../components/text-input.js';
import {signs} from '../../theme.js';
import {type ScreenProps} from '../screen-props.js';

/**
What fits: every model of the registry and what is installed, with its verdict, what it needs and how fast it would be.
*/
export function FitList({state, width, height}: ScreenProps) {
	const rows = selectFitRows(state);
	const {list, focus} = state.hardware;
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Head state={state} width={width}/>
			{rows.length === 0
				? <EmptyList lines={emptyLines(state)} width={width} height={height - 1}/>
				: <Table columns={columnsFor(state, width)} rows={rows} rowKey={({modelId}) => modelId} list={list} width={width} height={height - 1} isFocused={focus !== 'filter'}/>}
		</Box>
	);
}

function Head({state, width}: Omit<ScreenProps, 'height'>) {
	const {filter, focus, sort} = state.hardware;
	const settings = `sort ${sort} `;
	const fieldWidth = Math.max(10, width - 3 - cellWidth(settings) - 1);
	return (
		<Box height={1} flexShrink={0}>
			<Line width={3} spans={[{text: ' / ', color: 'accent', isBold: focus === 'filter'}]}/>
			<Box width={fieldWidth + 1} flexShrink={0}><TextInput field={filter} width={fieldWidth} isFocused={focus === 'filter'} placeholder='filter by name, verdict, tag'/></Box>
			<Line width={cellWidth(settings)} spans={[{text: settings, color: 'muted'}]}/>
		</Box>
	);
}

function emptyLines({hardware}: AppState): readonly string[] {
	return hardware.filter.value === '' ? ['No model is known yet.'] : [`No model matches “${hardware.filter.value}”.`, '/ edits the filter, Esc clears it.'];
}

function columnsFor({hardware, plans}: AppState, width: number): ReadonlyArray<Column<FitRow>> {
	const sign: Column<FitRow> = {
		title: '',
		width: 3,
		value: ({modelId, isInstalled, isRecommended}) => `${isInstalled ? signs.installed : ' '}${isRecommended ? signs.recommended : ' '}${plans.stored.has(modelId) ? signs.plan : ' '}`,
		color: () => 'accent',
	};
	const verdict: Column<FitRow> = {
		title: hardware.simulated ? 'what if' : 'here', width: 13, value: row => fitWords(row.verdict), color: row => fitLabels[row.verdict.level].color,
	};
	if (width < usualWidth) {
		return [sign, fullName, need, verdict, shortSpeed];
	}

	return width < roomyWidth
		? [sign, name, quantization, need, verdict, speed]
		: [sign, name, {...quantization, width: 10}, need, verdict, {...speed, width: 17}, context];
}

/**
From here on the quantization and the band of the speed have columns of their own, and from there on the context.
*/
const usualWidth = 74;
const roomyWidth = 88;

const name: Column<FitRow> = {title: 'model', width: 'flex', value: row => nameWithoutQuantization(row.name, row.quantization)};
const fullName: Column<FitRow> = {title: 'model', width: 'flex', value: row => row.name};
const quantization: Column<FitRow> = {title: 'quant', width: 7, value: row => row.quantization};
const need: Column<FitRow> = {
	title: 'needs', width: 8, align: 'right', value: ({verdict}) => `${verdict.need.approximate ? '≈' : ''}${formatBytes(verdict.need.totalBytes)}`,
};
const speed: Column<FitRow> = {
	title: 'tokens/s',
	width: 15,
	value({verdict}) {
		const range = verdict.speed?.generationTokensPerSecond;
		const whole = range ? formatSpeed(range) : '–';
		// Half a band would be none.
		return range && cellWidth(whole) > 15 ? `≈ ${formatTokensPerSecond(range.expected)}` : whole;
	},
};
const shortSpeed: Column<FitRow> = {
	title: 'tok/s', width: 6, value: ({verdict}) => (verdict.speed ? `≈ ${formatTokensPerSecond(verdict.speed.generationTokensPerSecond.expected)}` : '–'),
};
const context: Column<FitRow> = {
	title: 'ctx', width: 4, align: 'right', value: ({verdict}) => (verdict.level === 'none' ? '–' : formatContext(verdict.contextLength)),
};
