import {Box} from 'ink';
import {cellWidth} from '../../../format/cells.js';
import {formatInteger} from '../../../format/number.js';
import {selectChatTextSize, selectComposerRows} from '../../../state/selectors/chat-layout.js';
import {selectVisibleChatLines} from '../../../state/selectors/chat-lines.js';
import {selectChatStatus, selectLoadFacts} from '../../../state/selectors/chat-status.js';
import {Line, type Span} from '../../components/line.js';
import {progressBar} from '../../../format/progress-bar.js';
import {signs} from '../../theme.js';
import {type ScreenProps} from '../screen-props.js';
import {ChatText} from './chat-text.js';
import {Composer} from './composer.js';
import {ConversationPicker} from './conversation-picker.js';
import {introduction} from './introduction.js';
import {ModelPicker} from './model-picker.js';
import {TemplatePicker} from './template-picker.js';

/**
Talk to a model: its answer streams into the text above the line one writes in.
*/
export function ChatScreen({state, width, height}: ScreenProps) {
	const {chat, screen} = state;
	if (chat.focus === 'models') {
		return <ModelPicker state={state} width={width} height={height}/>;
	}

	if (chat.focus === 'conversations') {
		return <ConversationPicker state={state} width={width} height={height}/>;
	}

	if (chat.focus === 'templates') {
		return <TemplatePicker state={state} width={width} height={height}/>;
	}

	const isEmpty = chat.conversation.messages.length === 0 && !chat.answering && !chat.error;
	const {lines, below} = isEmpty ? {lines: introduction(state, width - 2), below: 0} : selectVisibleChatLines(chat, screen);
	const composerRows = selectComposerRows(chat, screen);
	return (
		<Box flexDirection='column' width={width} height={height}>
			<StatusLine state={state} width={width} height={1}/>
			<ChatText lines={lines} width={width} height={selectChatTextSize(chat, screen).height}/>
			<Line width={width} spans={[{text: ruleOf(width, below, selectLoadFacts(state)), color: 'muted'}]}/>
			<Composer rows={composerRows} isEmpty={chat.composer.value === ''} isFocused={chat.focus === 'composer'}/>
		</Box>
	);
}

/**
The rule above the composer; it says how much of the text is below it, and how the model was loaded, as far as there is room.
*/
function ruleOf(width: number, below: number, facts: readonly string[]): string {
	const left = below === 0 ? '' : ` ${formatInteger(below)} more ${below === 1 ? 'line' : 'lines'} below `;
	const room = width - 6 - left.length;
	let right = '';
	for (const fact of facts) {
		const longer = right === '' ? fact : `${right} · ${fact}`;
		right = longer.length <= room ? longer : right;
	}

	const spaced = right === '' ? '' : ` ${right} ${signs.rule}`;
	return `${signs.rule.repeat(2)}${left}${signs.rule.repeat(Math.max(0, width - 2 - left.length - spaced.length))}${spaced}`;
}

function StatusLine({state, width}: ScreenProps) {
	const {names, activity, context, contextShare} = selectChatStatus(state);
	const right: readonly Span[] = [
		{text: activity === '' ? '' : `${activity}  `, color: 'good'},
		...(contextShare === undefined ? [] : [{text: `context ${progressBar(contextShare, 8)} `, color: contextShare > 0.9 ? 'warning' : 'muted'} as const, {text: `${context} `, color: 'muted'} as const]),
	];
	let rightWidth = 0;
	for (const {text} of right) {
		rightWidth += cellWidth(text);
	}

	// On a narrow screen the name gives way, not the figures.
	const name = names.find(each => cellWidth(each) + 2 + rightWidth <= width) ?? names.at(-1) ?? '';
	const gap = Math.max(1, width - cellWidth(name) - 1 - rightWidth);
	return <Line width={width} spans={[{text: ` ${name}`, isBold: true}, ' '.repeat(gap), ...right]}/>;
}
