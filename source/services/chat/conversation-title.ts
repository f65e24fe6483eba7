import {truncateCells} from '../../format/cells.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {type Conversation} from '../../types/conversation.js';

const width = 60;
// A question may be a whole document; its beginning is enough.
const readLength = 1000;

/**
The title of a chat that has none: its first question, in one line that fits into a list.
*/
export function conversationTitle(messages: Conversation['messages']): string {
	const question = messages.find(({role}) => role === 'user')?.content.slice(0, readLength) ?? '';
	const title = truncateCells(sanitizeLine(question), width);
	return title === '' ? 'Untitled' : title;
}
