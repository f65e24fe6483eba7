import {Box} from 'ink';
import {browseColumns, browseHeadRows, browseStripRows} from '../../../state/selectors/browse-layout.js';
import {isWide} from '../../../state/selectors/layout.js';
import {SideBySide} from '../../components/side-by-side.js';
import {type ScreenProps} from '../screen-props.js';
import {BrowseDetails} from './browse-details.js';
import {BrowseHead} from './browse-head.js';
import {BrowseList} from './browse-list.js';
import {BrowseStrip} from './browse-strip.js';

/**
Find a model: the curated ones first, then what Hugging Face has. Details stand beside the list where there is room, and take its place where there is not.
*/
export function BrowseScreen({state, width, height}: ScreenProps) {
	if (!isWide(state.screen) && state.browse.focus === 'details') {
		return <Box paddingLeft={1} width={width} height={height}><BrowseDetails state={state} width={width - 2} height={height}/></Box>;
	}

	return (
		<Box flexDirection='column' width={width} height={height}>
			<BrowseHead state={state} width={width}/>
			<BrowseBody state={state} width={width} height={height - browseHeadRows}/>
		</Box>
	);
}

function BrowseBody({state, width, height}: ScreenProps) {
	if (!isWide(state.screen)) {
		return (
			<>
				<BrowseList state={state} width={width} height={height - browseStripRows}/>
				<BrowseStrip state={state} width={width}/>
			</>
		);
	}

	const {list, details} = browseColumns(state.screen);
	return (
		<SideBySide
			leftWidth={list}
			rightWidth={details}
			height={height}
			left={<BrowseList state={state} width={list} height={height}/>}
			right={<BrowseDetails state={state} width={details - 1} height={height}/>}
		/>
	);
}
