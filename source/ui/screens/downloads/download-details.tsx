import {Box} from 'ink';
import {selectDetailLines, selectEventLines, selectFactLines} from '../../../state/selectors/download-details.js';
import {downloadDetailColumns, downloadDetailHalves, downloadHeadRows} from '../../../state/selectors/downloads-layout.js';
import {type StyledLine} from '../../../state/selectors/styled-lines.js';
import {type AppState} from '../../../state/state.js';
import {Lines} from '../../components/lines.js';
import {SideBySide} from '../../components/side-by-side.js';
import {type ScreenProps} from '../screen-props.js';
import {withGraph} from './downloads-head.js';

/**
The selected download over the whole body, from the line that was scrolled to.
*/
export function DownloadPage({state, height}: ScreenProps) {
	const width = downloadDetailColumns(state.screen);
	const lines = selectDetailLines(state, width);
	// The window may have grown since, or the download may have less to say.
	const top = Math.max(0, Math.min(state.downloads.detailsTop, lines.length - height));
	return <Box paddingLeft={1}><Lines lines={cut(lines.slice(top), height, '↓')} width={width} height={height}/></Box>;
}

/**
The selected download below the list; on a wide screen what happened to it stands beside what it is.
*/
export function DownloadStrip({state, width, height}: ScreenProps) {
	const halves = downloadDetailHalves(state.screen);
	if (!halves) {
		return <Box paddingLeft={1}><Lines lines={underList(selectDetailLines(state, width - 2), state, {width: width - 2, height})} width={width - 2} height={height}/></Box>;
	}

	const {facts, events} = halves;
	return (
		<SideBySide
			leftWidth={facts}
			rightWidth={events}
			height={height}
			left={<Box paddingLeft={1}><Lines lines={underList(selectFactLines(state, facts - 1), state, {width: facts - 1, height})} width={facts - 1} height={height}/></Box>}
			right={<Lines lines={cut(selectEventLines(state, events - 1), height, 'Enter')} width={events - 1} height={height}/>}
		/>
	);
}

/**
Where the head has no row for the graph of the rate, it stands beside the name.
*/
function underList([name = [], ...others]: readonly StyledLine[], state: AppState, {width, height}: {readonly width: number; readonly height: number}): readonly StyledLine[] {
	const first = downloadHeadRows(state.screen) > 1 ? name : withGraph(name, state, width);
	return cut([first, ...others], height, 'Enter');
}

/**
What is cut off says which key shows it.
*/
function cut(lines: readonly StyledLine[], height: number, key: string): readonly StyledLine[] {
	return lines.length <= height ? lines : [...lines.slice(0, height - 1), [{text: `… ${lines.length - height + 1} more lines: ${key}`, color: 'muted'}]];
}
