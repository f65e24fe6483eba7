import {Box} from 'ink';
import {cellWidth} from '../../../format/cells.js';
import {selectChatStatus} from '../../../state/selectors/chat-status.js';
import {Line, type Span} from '../../components/line.js';
import {progressBar} from '../../components/progress-bar.js';
import {signs} from '../../theme.js';
import {type ScreenProps} from '../screen-props.js';
import {ChatText} from './chat-text.js';
import {Composer, composerRows} from './composer.js';
import {ConversationPicker} from './conversation-picker.js';
import {ModelPicker} from './model-picker.js';

/**
Talk to a model: its answer streams into the text above the line one writes in.
*/
export function ChatScreen({state, width, height}: ScreenProps) {
	const {chat} = state;
	if (chat.focus === 'models') {
		return <ModelPicker state={state} width={width} height={height}/>;
	}

	if (chat.focus === 'conversations') {
		return <ConversationPicker state={state} width={width} height={height}/>;
	}

	const inputRows = composerRows(chat.composer, width, Math.max(1, Math.floor(height / 3)));
	return (
		<Box flexDirection='column' width={width} height={height}>
			<StatusLine state={state} width={width} height={1}/>
			<ChatText state={state} width={width} height={height - inputRows - 2}/>
			<Line width={width} spans={[{text: signs.rule.repeat(width), color: 'muted'}]}/>
			<Composer field={chat.composer} width={width} height={inputRows} isFocused={chat.focus === 'composer'}/>
		</Box>
	);
}

function StatusLine({state, width}: ScreenProps) {
	const {model, activity, context, contextShare} = selectChatStatus(state);
	const right: readonly Span[] = [
		{text: activity === '' ? '' : `${activity}  `, color: 'good'},
		...(contextShare === undefined ? [] : [{text: `context ${progressBar(contextShare, 8)} `, color: contextShare > 0.9 ? 'warning' : 'muted'} as const, {text: `${context} `, color: 'muted'} as const]),
	];
	let rightWidth = 0;
	for (const {text} of right) {
		rightWidth += cellWidth(text);
	}

	const title = ` ${model}`;
	const gap = width - cellWidth(title) - rightWidth;
	// On a narrow screen the name gives way, not the figures.
	return gap >= 0
		? <Line width={width} spans={[{text: title, isBold: true}, ' '.repeat(gap), ...right]}/>
		: <Line width={width} spans={[{text: ` ${state.chat.conversation.modelId} `, isBold: true}, ...right]}/>;
}
