import {Box} from 'ink';
import {selectDownload} from '../../../state/selectors/downloads.js';
import {areDetailsBeside, downloadColumns, downloadStripRows} from '../../../state/selectors/downloads-layout.js';
import {EmptyList} from '../../components/empty-list.js';
import {Lines, type Spans} from '../../components/lines.js';
import {SideBySide} from '../../components/side-by-side.js';
import {signs} from '../../theme.js';
import {type ScreenProps} from '../screen-props.js';
import {DownloadList} from './download-list.js';
import {downloadLines} from './download-lines.js';

/**
What is being fetched, how fast, and how long it will take.
*/
export function DownloadsScreen({state, width, height}: ScreenProps) {
	const {status, items, error, isDetailsOpen} = state.downloads;
	if (items.length === 0) {
		return <EmptyList lines={emptyLines(status, error)} width={width} height={height}/>;
	}

	if (areDetailsBeside(state.screen)) {
		const {list, details} = downloadColumns(state.screen);
		return (
			<SideBySide
				leftWidth={list}
				rightWidth={details}
				height={height}
				left={<DownloadList state={state} width={list} height={height}/>}
				right={<DownloadDetails state={state} width={details - 1} height={height}/>}
			/>
		);
	}

	if (isDetailsOpen) {
		return <Box paddingLeft={1}><DownloadDetails state={state} width={width - 2} height={height}/></Box>;
	}

	const stripRows = downloadStripRows(state.screen);
	const rule: Spans = [{text: signs.rule.repeat(width), color: 'muted'}];
	return (
		<Box flexDirection='column' width={width} height={height}>
			<DownloadList state={state} width={width} height={height - stripRows}/>
			<Lines lines={[rule]} width={width} height={1}/>
			<Box paddingLeft={1}><DownloadDetails state={state} width={width - 2} height={stripRows - 1}/></Box>
		</Box>
	);
}

function DownloadDetails({state, width, height}: ScreenProps) {
	const download = selectDownload(state);
	const lines = download ? downloadLines(download, state.downloads.events.get(download.id) ?? [], {width, height}) : [];
	return <Lines lines={lines} width={width} height={height}/>;
}

function emptyLines(status: ScreenProps['state']['downloads']['status'], error: ScreenProps['state']['downloads']['error']): readonly string[] {
	if (status === 'loading') {
		return ['Reading the queue …'];
	}

	return error
		? [`! The queue cannot be read: ${error.message}`, error.hint ?? '']
		: ['Nothing is being downloaded.', '1 browse, d downloads a model.'];
}
