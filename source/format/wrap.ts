import wrapAnsi from 'wrap-ansi';
import {takeEmojiApart} from './cells.js';

/**
Lines of at most `width` cells, broken between words where that is possible; newlines stay.
*/
export function wrapCells(text: string, width: number): readonly string[] {
	return wrapAnsi(takeEmojiApart(text), Math.max(1, width), {hard: true}).split('\n');
}
