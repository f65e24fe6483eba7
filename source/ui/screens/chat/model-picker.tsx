import {Box} from 'ink';
import {formatBytes} from '../../../format/bytes.js';
import {formatAge} from '../../../format/duration.js';
import {type InstalledModel} from '../../../types/installed-model.js';
import {Line} from '../../components/line.js';
import {Table, type Column} from '../../components/table.js';
import {type ScreenProps} from '../screen-props.js';

const columnsAt = (now: number): ReadonlyArray<Column<InstalledModel>> => [
	{title: 'model', width: 'flex', value: ({name}) => name},
	{title: 'quantization', width: 12, value: ({quantization}) => quantization},
	{
		title: 'size', width: 9, align: 'right', value: ({sizeBytes}) => formatBytes(sizeBytes),
	},
	{title: 'last used', width: 12, value: ({lastUsed}) => formatAge(lastUsed, now)},
];

/**
The installed models, to choose the one to talk to.
*/
export function ModelPicker({state, width, height}: ScreenProps) {
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Line width={width} spans={[{text: ' Which model shall answer?', isBold: true}]}/>
			<Table columns={columnsAt(state.screen.now)} rows={state.library.models} rowKey={({id}) => id} list={state.chat.list} width={width} height={height - 1}/>
		</Box>
	);
}
