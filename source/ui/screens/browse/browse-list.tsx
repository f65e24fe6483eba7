import {formatBytes} from '../../../format/bytes.js';
import {formatContext, formatCount} from '../../../format/number.js';
import {formatSpeed, formatTokensPerSecond} from '../../../format/speed.js';
import {
	fitOfRow,
	installedOf,
	queuedOf,
	selectBrowseRows,
	type BrowseRow,
} from '../../../state/selectors/browse-rows.js';
import {selectEmptyBrowse} from '../../../state/selectors/browse-status.js';
import {type AppState} from '../../../state/state.js';
import {EmptyList} from '../../components/empty-list.js';
import {fitLabels} from '../../../state/selectors/fit-words.js';
import {Table, type Column} from '../../components/table.js';
import {signs} from '../../theme.js';
import {type ScreenProps} from '../screen-props.js';

/**
The registry's models and what was found on Hugging Face.
*/
export function BrowseList({state, width, height}: ScreenProps) {
	const rows = selectBrowseRows(state);
	const {browse} = state;
	return rows.length === 0
		? <EmptyList lines={selectEmptyBrowse(state)} width={width} height={height}/>
		: (
			<Table
				columns={columnsFor(state, width)}
				rows={rows}
				rowKey={({key}) => key}
				list={browse.list}
				width={width}
				height={height}
				isFocused={browse.focus === 'list'}
				isMarked={({key}) => browse.marked.has(key)}
			/>
		);
}

function columnsFor(state: AppState, width: number): ReadonlyArray<Column<BrowseRow>> {
	const {fits, details} = state.browse;
	const verdictOf = (row: BrowseRow) => fitOfRow(row, fits, details);
	const sign: Column<BrowseRow> = {
		title: '', width: 2, value: row => `${stateSign(state, row)}${row.isRecommended ? signs.recommended : ' '}`, color: () => 'accent',
	};
	const fit: Column<BrowseRow> = {
		title: state.hardware.simulated ? 'what if' : 'fit',
		width: 9,
		value(row) {
			const verdict = verdictOf(row);
			return verdict === undefined ? '–' : fitLabels[verdict.level].text;
		},
		color(row) {
			const verdict = verdictOf(row);
			return verdict === undefined ? 'muted' : fitLabels[verdict.level].color;
		},
	};
	const speed: Column<BrowseRow> = {
		title: width >= speedBandWidth ? 'tokens/s' : 'tok/s',
		width: width >= speedBandWidth ? 15 : 6,
		align: width >= speedBandWidth ? 'left' : 'right',
		value(row) {
			const range = verdictOf(row)?.speed?.generationTokensPerSecond;
			return range === undefined ? '' : (width >= speedBandWidth ? formatSpeed(range) : `≈ ${formatTokensPerSecond(range.expected)}`);
		},
	};
	return width < speedWidth
		? [sign, name, quantization, size, context, fit]
		: [sign, name, parameters, quantization, size, context, fit, speed, ...(width >= roomyWidth ? [downloads, likes, source] : [shortSource])];
}

function stateSign(state: AppState, row: BrowseRow): string {
	return installedOf(state, row) ? signs.installed : (queuedOf(state, row) ? signs.downloading : ' ');
}

/**
From here on the hub's figures have room, and the source is written out.
*/
const roomyWidth = 115;

/**
From here on there is room for the speed and more, and from here on for the band of the speed; below that a name counts most.
*/
const speedWidth = 72;
const speedBandWidth = 94;

const name: Column<BrowseRow> = {title: 'model', width: 'flex', value: row => row.name};
const parameters: Column<BrowseRow> = {
	title: 'params', width: 6, align: 'right', value: row => (row.parameters === undefined ? '' : formatCount(row.parameters)),
};
const quantization: Column<BrowseRow> = {title: 'quant', width: 7, value: row => row.quantization};
const size: Column<BrowseRow> = {
	title: 'size', width: 7, align: 'right', value: row => (row.sizeBytes === undefined ? '' : formatBytes(row.sizeBytes)),
};
const context: Column<BrowseRow> = {
	title: 'ctx', width: 4, align: 'right', value: row => (row.contextLength === undefined ? '' : formatContext(row.contextLength)),
};
const downloads: Column<BrowseRow> = {
	title: 'downloads', width: 9, align: 'right', value: row => (row.downloads === undefined ? '' : formatCount(row.downloads)),
};
const likes: Column<BrowseRow> = {
	title: 'likes', width: 6, align: 'right', value: row => (row.likes === undefined ? '' : formatCount(row.likes)),
};
const source: Column<BrowseRow> = {
	title: 'source', width: 12, value: row => (row.origin === 'registry' ? 'registry' : 'Hugging Face'), color: () => 'muted',
};
const shortSource: Column<BrowseRow> = {
	title: 'src', width: 3, value: row => (row.origin === 'registry' ? 'reg' : 'hf'), color: () => 'muted',
};
