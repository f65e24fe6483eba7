import {wrapCells} from '../../../format/wrap.js';
import {type ChatLine} from '../../../state/selectors/chat-lines.js';
import {type AppState} from '../../../state/state.js';

/**
What an empty chat says: what this model is for, what to do, and what the model is told before the first question.
*/
export function introduction({chat, library}: AppState, width: number): readonly ChatLine[] {
	const {modelId, systemPrompt} = chat.conversation;
	const isStarter = library.models.some(({id, source}) => id === modelId && source === 'starter');
	const paragraphs = isStarter
		? [
			'This is tinychat, the model that ships with Remuda: 2.6 million parameters, made to try the program with. It knows capitals, small sums and short stories, and nothing else. For real work: Esc, then 1 browse, d downloads a model, c chats with it.',
			'Try: What is the capital of France?',
		]
		: ['Write something and press Enter. Esc, then m, chooses another model.'];
	const prompt = systemPrompt === '' ? [] : [`System prompt: ${systemPrompt}`];
	return [...paragraphs, ...prompt].flatMap(text => ['', ...wrapCells(text, Math.min(width, 76))]).map(text => ({text, kind: 'note'}));
}
