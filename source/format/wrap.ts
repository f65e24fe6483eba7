import wrapAnsi from 'wrap-ansi';
import {takeEmojiApart} from './cells.js';

/**
Lines of at most `width` cells, broken between words where that is possible; newlines stay. Spaces around a break go, unless the text is laid out with them, as code is.
*/
export function wrapCells(text: string, width: number, {isLaidOut = false}: {readonly isLaidOut?: boolean} = {}): readonly string[] {
	return wrapAnsi(takeEmojiApart(text), Math.max(1, width), {hard: true, trim: !isLaidOut}).split('\n');
}
