import {Box} from 'ink';
import {formatBytes, formatBytesOf, formatRate} from '../../../format/bytes.js';
import {cellWidth} from '../../../format/cells.js';
import {formatShortDuration} from '../../../format/duration.js';
import {nameWithQuantization} from '../../../format/model-name.js';
import {selectVerificationProgress} from '../../../state/selectors/cache-rows.js';
import {type AppState} from '../../../state/state.js';
import {Line, type Span} from '../../components/line.js';
import {type Spans} from '../../components/lines.js';
import {progressBar} from '../../../format/progress-bar.js';
import {TextInput} from '../../components/text-input.js';

export type CacheHeadProps = {
	readonly state: AppState;
	readonly width: number;
};

/**
How full the disk is, and what the list shows. While something is being done, what and how far.
*/
export function CacheHead({state, width}: CacheHeadProps) {
	const {filter, focus, sort, marked} = state.cache;
	const settings = `${marked.size > 0 ? `${marked.size} marked · ` : ''}sort ${sort} `;
	const fieldWidth = Math.max(10, width - 3 - cellWidth(settings) - 1);
	return (
		<Box flexDirection='column' width={width} height={2} flexShrink={0}>
			<Line width={width} spans={activity(state) ?? disk(state, width)}/>
			<Box height={1}>
				<Line width={3} spans={[{text: ' / ', color: 'accent', isBold: focus === 'filter'}]}/>
				<Box width={fieldWidth + 1} flexShrink={0}><TextInput field={filter} width={fieldWidth} isFocused={focus === 'filter'} placeholder='filter what is installed'/></Box>
				<Line width={cellWidth(settings)} spans={[{text: settings, color: 'muted'}]}/>
			</Box>
		</Box>
	);
}

function disk({library}: AppState, width: number): Spans {
	const {usage, status} = library;
	if (!usage) {
		return [{text: status === 'failed' ? ' What is installed is not known.' : ' Looking at the disk …', color: 'muted'}];
	}

	const {modelCount, modelBytes, diskTotalBytes, diskFreeBytes, partialBytes} = usage;
	const usedShare = diskTotalBytes === 0 ? 0 : 1 - (diskFreeBytes / diskTotalBytes);
	const isFull = usedShare > 0.95;
	const partials: readonly Span[] = partialBytes === 0 ? [] : [{text: ` · ${formatBytes(partialBytes)} partial${width >= 110 ? ', C removes them' : ' (C)'}`, color: 'muted'}];
	return [
		` ${modelCount === 0 ? 'nothing downloaded' : `${modelCount} downloaded, ${formatBytes(modelBytes)}`} · `,
		{text: progressBar(usedShare, width >= 110 ? 24 : 8), color: isFull ? 'bad' : (usedShare > 0.85 ? 'warning' : 'good')},
		` ${isFull ? '! only ' : ''}${formatBytes(diskFreeBytes)} free of ${formatBytes(diskTotalBytes)}`,
		...partials,
	];
}

function activity(state: AppState): Spans | undefined {
	const {removing} = state.cache;
	if (removing !== undefined) {
		return [{text: ` ${removing} …`, color: 'accent'}];
	}

	const progress = selectVerificationProgress(state);
	if (!progress) {
		return undefined;
	}

	const {model, waiting, doneBytes, totalBytes, bytesPerSecond} = progress;
	const left = bytesPerSecond === undefined ? '' : ` · ${formatRate(bytesPerSecond)} · ${formatShortDuration((totalBytes - doneBytes) / bytesPerSecond)}`;
	return [
		' ',
		{text: progressBar(totalBytes === 0 ? 0 : doneBytes / totalBytes, 10), color: 'accent'},
		` ${formatBytesOf(doneBytes, totalBytes)}${left} · checking ${model ? nameWithQuantization(model.name, model.quantization) : 'files'}${waiting > 0 ? `, ${waiting} to go` : ''} · Esc stops`,
	];
}
