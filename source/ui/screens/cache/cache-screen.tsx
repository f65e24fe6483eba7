import {Box} from 'ink';
import {cacheColumns, cacheHeadRows, cacheStripRows} from '../../../state/selectors/cache-layout.js';
import {selectCachedModel} from '../../../state/selectors/cache-rows.js';
import {isWide} from '../../../state/selectors/layout.js';
import {Lines, type Spans} from '../../components/lines.js';
import {SideBySide} from '../../components/side-by-side.js';
import {signs} from '../../theme.js';
import {type ScreenProps} from '../screen-props.js';
import {CacheHead} from './cache-head.js';
import {CacheList} from './cache-list.js';
import {modelLines, stripLines} from './model-lines.js';

/**
What is installed, and what keeps its disk in order.
*/
export function CacheScreen({state, width, height}: ScreenProps) {
	return (
		<Box flexDirection='column' width={width} height={height}>
			<CacheHead state={state} width={width}/>
			<CacheBody state={state} width={width} height={height - cacheHeadRows}/>
		</Box>
	);
}

function CacheBody({state, width, height}: ScreenProps) {
	const {screen, cache} = state;
	const model = selectCachedModel(state);
	const verification = model && cache.verifications.get(model.id);
	if (!isWide(screen)) {
		const rule: Spans = [{text: signs.rule.repeat(width), color: 'muted'}];
		const strip = model ? stripLines(model, {width: width - 2, now: screen.now, verification}).map((spans): Spans => [' ', ...spans]) : [];
		return (
			<>
				<CacheList state={state} width={width} height={height - cacheStripRows}/>
				<Lines lines={[rule, ...strip]} width={width} height={cacheStripRows}/>
			</>
		);
	}

	const {list, details} = cacheColumns(screen);
	const lines = model ? modelLines(model, {width: details - 1, now: screen.now, verification}) : [];
	return (
		<SideBySide
			leftWidth={list}
			rightWidth={details}
			height={height}
			left={<CacheList state={state} width={list} height={height}/>}
			right={<Lines lines={lines} width={details - 1} height={height}/>}
		/>
	);
}
