import {type Keypress} from '../types/keypress.js';

/**
What Ink tells of a key, as far as it is used here.
*/
export type InputKey = Readonly<Partial<Record<typeof namedKeys[number][0], boolean>>> & {readonly ctrl?: boolean; readonly meta?: boolean; readonly shift?: boolean; readonly tab?: boolean; readonly return?: boolean};

const namedKeys = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['escape', 'escape'],
	['backspace', 'backspace'],
	['delete', 'delete'],
] as const;

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/**
Gives every key one name: `alt+enter`, `ctrl+u`, `G`, `space`.

Keys pressed faster than they are read come in one piece, over a slow line above all, and are taken apart again. What was pasted comes another way.
*/
export function keypressesFromInput(input: string, key: InputKey): readonly Keypress[] {
	const named = namedKeys.find(([property]) => key[property]);
	if (named) {
		return [{name: named[1], text: ''}];
	}

	if (key.tab) {
		return [{name: key.shift ? 'shift+tab' : 'tab', text: ''}];
	}

	if (key.return) {
		return [{name: key.meta ? 'alt+enter' : 'enter', text: ''}];
	}

	return key.ctrl === true || key.meta === true ? [{name: modifiedName(input, key), text: ''}] : graphemes.segment(input)[Symbol.iterator]().map(({segment}) => keypressFromCharacter(segment)).toArray();
}

function modifiedName(input: string, {ctrl}: InputKey): string {
	if (ctrl) {
		return `ctrl+${input}`;
	}

	return input === '\r' ? 'alt+enter' : `alt+${input}`;
}

const controls: Readonly<Record<string, string>> = {
	'\r': 'enter',
	'\r\n': 'enter',
	// A line feed is what Ctrl+J and some terminals' Shift+Enter send.
	'\n': 'ctrl+j',
	'\t': 'tab',
	'\u{1B}': 'escape',
	'\u{7F}': 'backspace',
	'\b': 'backspace',
};

function keypressFromCharacter(character: string): Keypress {
	const control = controls[character];
	if (control !== undefined) {
		return {name: control, text: ''};
	}

	const code = character.codePointAt(0) ?? 0;
	return code < 32 ? {name: `ctrl+${String.fromCodePoint(code + 96)}`, text: ''} : {name: character === ' ' ? 'space' : character, text: character};
}
