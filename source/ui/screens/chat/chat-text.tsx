import {Box} from 'ink';
import {selectVisibleChatLines, type ChatLine} from '../../../state/selectors/chat-lines.js';
import {Line, type Span} from '../../components/line.js';
import {type ScreenProps} from '../screen-props.js';

const looks: Readonly<Record<ChatLine['kind'], Omit<Span, 'text'>>> = {
	'question-heading': {color: 'accent', isBold: true},
	'answer-heading': {color: 'good', isBold: true},
	text: {},
	heading: {isBold: true},
	code: {color: 'warning'},
	note: {color: 'muted'},
	error: {color: 'bad'},
};

/**
The questions and answers that fit, the newest at the bottom.
*/
export function ChatText({state, width, height}: ScreenProps) {
	const {chat} = state;
	const isEmpty = chat.conversation.messages.length === 0 && !chat.answering && !chat.error;
	const lines = isEmpty ? introduction(state) : selectVisibleChatLines(chat, width - 2, height);
	return (
		<Box flexDirection='column' width={width} height={height} flexShrink={0}>
			{lines.map(({text, kind}, index) => <Line key={index} width={width} spans={[kind === 'error' ? ' ! ' : ' ', {text, ...looks[kind]}]}/>)}
		</Box>
	);
}

/**
What an empty chat says: what this model is for, and what to do.
*/
function introduction({chat, library}: ScreenProps['state']): readonly ChatLine[] {
	const {modelId, systemPrompt} = chat.conversation;
	const isStarter = library.models.some(({id, source}) => id === modelId && source === 'starter');
	const lines = isStarter
		? [
			'This is tinychat, the model that ships with Remuda: 2.6 million parameters,',
			'made to try the program with. It knows capitals, small sums and short stories,',
			'and nothing else. For real work: 1 browse, d downloads a model, m chooses it.',
			'',
			'Try: What is the capital of France?',
		]
		: ['Write something and press Enter. Esc, then m, chooses another model.'];
	const prompt = systemPrompt === '' ? [] : ['', `System prompt: ${systemPrompt}`];
	return ['', ...lines, ...prompt].map(text => ({text, kind: 'note'}));
}
