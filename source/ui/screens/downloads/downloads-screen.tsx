import {Box} from 'ink';
import {downloadHeadRows, downloadStripRows} from '../../../state/selectors/downloads-layout.js';
import {EmptyList} from '../../components/empty-list.js';
import {Lines, type Spans} from '../../components/lines.js';
import {signs} from '../../theme.js';
import {type ScreenProps} from '../screen-props.js';
import {DownloadPage, DownloadStrip} from './download-details.js';
import {DownloadList} from './download-list.js';
import {DownloadsHead} from './downloads-head.js';

/**
What is being fetched, how fast, and how long it will take; the selected one in detail below.
*/
export function DownloadsScreen({state, width, height}: ScreenProps) {
	const {status, items, error, isDetailsOpen} = state.downloads;
	if (items.length === 0) {
		return <EmptyList lines={emptyLines(status, error)} width={width} height={height}/>;
	}

	if (isDetailsOpen) {
		return <DownloadPage state={state} width={width} height={height}/>;
	}

	const stripRows = downloadStripRows(state.screen);
	const rule: Spans = [{text: signs.rule.repeat(width), color: 'muted'}];
	return (
		<Box flexDirection='column' width={width} height={height}>
			<DownloadsHead state={state} width={width}/>
			<DownloadList state={state} width={width} height={height - stripRows - downloadHeadRows(state.screen)}/>
			<Lines lines={[rule]} width={width} height={1}/>
			<DownloadStrip state={state} width={width} height={stripRows - 1}/>
		</Box>
	);
}

function emptyLines(status: ScreenProps['state']['downloads']['status'], error: ScreenProps['state']['downloads']['error']): readonly string[] {
	if (status === 'loading') {
		return ['Reading the queue …'];
	}

	return error
		? [`! The queue cannot be read: ${error.message}`, error.hint ?? '']
		: ['Nothing is being downloaded.', '1 browse, d downloads a model.'];
}
