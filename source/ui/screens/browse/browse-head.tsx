import {Box} from 'ink';
import {cellWidth} from '../../../format/cells.js';
import {selectBrowseStatus} from '../../../state/selectors/browse-status.js';
import {type AppState} from '../../../state/state.js';
import {Line} from '../../components/line.js';
import {TextInput} from '../../components/text-input.js';
import {type ThemeColor} from '../../theme.js';

export type BrowseHeadProps = {
	readonly state: AppState;
	readonly width: number;
};

const statusColors: Readonly<Record<ReturnType<typeof selectBrowseStatus>['kind'], ThemeColor>> = {info: 'muted', busy: 'accent', error: 'bad'};

/**
The search field with filter and order beside it, and below how the search goes.
*/
export function BrowseHead({state, width}: BrowseHeadProps) {
	const {query, focus, filter, sort, marked} = state.browse;
	const settings = `${marked.size > 0 ? `${marked.size} marked · ` : ''}filter ${filter} · sort ${sort} `;
	const fieldWidth = Math.max(10, width - 3 - cellWidth(settings) - 1);
	const status = selectBrowseStatus(state);
	const sign = status.kind === 'error' ? '!' : ' ';
	return (
		<Box flexDirection='column' width={width} height={2} flexShrink={0}>
			<Box height={1}>
				<Line width={3} spans={[{text: ' / ', color: 'accent', isBold: focus === 'search'}]}/>
				<Box width={fieldWidth + 1} flexShrink={0}><TextInput field={query} width={fieldWidth} isFocused={focus === 'search'} placeholder='search the registry and Hugging Face'/></Box>
				<Line width={cellWidth(settings)} spans={[{text: settings, color: 'muted'}]}/>
			</Box>
			<Line width={width} spans={[{text: ` ${sign} ${status.text}`, color: statusColors[status.kind]}]}/>
		</Box>
	);
}
