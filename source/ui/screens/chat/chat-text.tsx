import {Box} from 'ink';
import {type ChatLine} from '../../../state/selectors/chat-lines.js';
import {Line, type Span} from '../../components/line.js';

const looks: Readonly<Record<ChatLine['kind'], Omit<Span, 'text'>>> = {
	'question-heading': {color: 'accent', isBold: true},
	'answer-heading': {color: 'good', isBold: true},
	text: {},
	heading: {isBold: true},
	code: {color: 'warning'},
	note: {color: 'muted'},
	error: {color: 'bad'},
};

export type ChatTextProps = {
	readonly lines: readonly ChatLine[];
	readonly width: number;
	/**
	Rows; those below the last line stay blank.
	*/
	readonly height: number;
};

/**
The window of the questions and answers.
*/
export function ChatText({lines, width, height}: ChatTextProps) {
	return (
		<Box flexDirection='column' width={width} height={height} flexShrink={0}>
			{lines.slice(0, height).map(({text, kind}, index) => <Line key={index} width={width} spans={[kind === 'error' ? ' ! ' : ' ', {text, ...looks[kind]}]}/>)}
		</Box>
	);
}
