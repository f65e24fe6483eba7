import {type ChatState} from '../reducers/chat.js';
import {type ScreenState} from '../reducers/screen.js';
import {layOutComposer, type ComposerRow} from './composer-rows.js';
import {bodyRows} from './layout.js';

/**
Cells before the text that is being written; one more stays free for the cursor at its end.
*/
export const composerMark = ' > ';

/**
The rows of the composer, the one with the cursor among them: it grows with what is written, up to a third of the body.
*/
export function selectComposerRows({composer}: ChatState, screen: ScreenState): ReadonlyArray<ComposerRow & {readonly isFirst: boolean}> {
	const rows = layOutComposer(composer, screen.columns - composerMark.length - 1).map((row, index) => ({...row, isFirst: index === 0}));
	const mostRows = Math.max(1, Math.floor(bodyRows(screen) / 3));
	const height = Math.min(rows.length, mostRows);
	const cursorRow = rows.findIndex(({cursor}) => cursor !== undefined);
	const top = Math.max(0, Math.min(cursorRow - height + 1, rows.length - height));
	return rows.slice(top, top + height);
}

/**
Cells and rows of the text between the status line and the rule above the composer.
*/
export function selectChatTextSize(chat: ChatState, screen: ScreenState): {readonly width: number; readonly height: number} {
	return {width: screen.columns - 2, height: Math.max(1, bodyRows(screen) - selectComposerRows(chat, screen).length - 2)};
}
