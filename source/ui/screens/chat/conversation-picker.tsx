import {Box} from 'ink';
import {formatAge} from '../../../format/duration.js';
import {type Conversation} from '../../../types/conversation.js';
import {Line} from '../../components/line.js';
import {Table, type Column} from '../../components/table.js';
import {type ScreenProps} from '../screen-props.js';

const columnsAt = (now: number): ReadonlyArray<Column<Conversation>> => [
	{title: 'chat', width: 'flex', value: ({title}) => title},
	{title: 'model', width: 24, value: ({modelId}) => modelId},
	{
		title: 'messages', width: 8, align: 'right', value: ({messages}) => String(messages.length),
	},
	{title: 'when', width: 12, value: ({updatedAt}) => formatAge(updatedAt, now)},
];

/**
The chats on disk, last used first.
*/
export function ConversationPicker({state, width, height}: ScreenProps) {
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Line width={width} spans={[{text: ' Old chats', isBold: true}]}/>
			<Table columns={columnsAt(state.screen.now)} rows={state.chat.conversations} rowKey={({id}) => id} list={state.chat.list} width={width} height={height - 1}/>
		</Box>
	);
}
