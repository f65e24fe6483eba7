import {Box} from 'ink';
import {formatBytes} from '../../../format/bytes.js';
import {formatTokensPerSecond} from '../../../format/speed.js';
import {selectBrowseDetails, type VariantRow} from '../../../state/selectors/browse-details.js';
import {fitLabels} from '../../../state/selectors/fit-words.js';
import {Lines} from '../../components/lines.js';
import {Table, tableHeadingRows, type Column} from '../../components/table.js';
import {signs} from '../../theme.js';
import {type ScreenProps} from '../screen-props.js';
import {footLines, headLines} from './details-lines.js';

/**
Rows from which on every fact has its own.
*/
const tallHeight = 32;

/**
Everything about the selected row that a person decides by.
*/
export function BrowseDetails({state, width, height}: ScreenProps) {
	const view = selectBrowseDetails(state);
	if (!view) {
		return <Box width={width} height={height}/>;
	}

	const {variants, cursor} = view;
	const head = headLines(view, {width, now: state.screen.now, isTall: height >= tallHeight});
	const foot = footLines(view, width);
	const tableHeight = variants.length === 0 ? 0 : Math.max(tableHeadingRows + 1, Math.min(variants.length + tableHeadingRows, height - head.length - foot.length));
	const window = Math.max(1, tableHeight - tableHeadingRows);
	const top = Math.max(0, Math.min(cursor - Math.floor(window / 2), variants.length - window));
	const headHeight = Math.min(head.length, height - tableHeight);
	return (
		<Box flexDirection='column' width={width} height={height} overflowY='hidden'>
			<Lines lines={head} width={width} height={headHeight}/>
			{tableHeight === 0
				? null
				: (
					<Table
						columns={width >= 56 ? roomy : narrow}
						rows={variants}
						rowKey={({ref}) => ref}
						list={{cursor, top}}
						width={width}
						height={tableHeight}
						isFocused={state.browse.focus === 'details'}
					/>
				)}
			<Lines lines={foot} width={width} height={Math.max(0, height - headHeight - tableHeight)}/>
		</Box>
	);
}

const variant: Column<VariantRow> = {title: 'variant', width: 'flex', value: ({quantization}) => quantization};
const size: Column<VariantRow> = {
	title: 'size', width: 8, align: 'right', value: ({sizeBytes}) => formatBytes(sizeBytes),
};
const fit: Column<VariantRow> = {
	title: 'fit',
	width: 9,
	value: ({verdict}) => (verdict ? fitLabels[verdict.level].text : '–'),
	color: ({verdict}) => (verdict ? fitLabels[verdict.level].color : 'muted'),
};
const speed: Column<VariantRow> = {
	title: 'tokens/s', width: 8, align: 'right', value: ({verdict}) => (verdict?.speed ? `≈ ${formatTokensPerSecond(verdict.speed.generationTokensPerSecond.expected)}` : ''),
};
const files: Column<VariantRow> = {
	title: 'files', width: 5, align: 'right', value: ({files: {length}}) => String(length),
};
const status: Column<VariantRow> = {
	title: '', width: 11, value: ({installed, queued}) => (installed ? 'installed' : queued?.status ?? ''), color: () => 'accent',
};
const sign: Column<VariantRow> = {
	title: '', width: 1, value: ({installed, queued}) => (installed ? signs.installed : (queued ? signs.downloading : ' ')), color: () => 'accent',
};

const roomy: ReadonlyArray<Column<VariantRow>> = [variant, size, fit, speed, files, status];
const narrow: ReadonlyArray<Column<VariantRow>> = [sign, variant, size, fit, speed];
