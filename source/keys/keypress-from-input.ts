import {type Keypress} from '../types/keypress.js';

/**
What Ink tells of a key, as far as it is used here.
*/
export type InputKey = Readonly<Partial<Record<typeof namedKeys[number][0], boolean>>> & {readonly ctrl?: boolean; readonly meta?: boolean; readonly shift?: boolean; readonly tab?: boolean};

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

/**
Gives every key one name: `alt+enter`, `ctrl+u`, `G`, `space`. Text that came in one piece, as pasted, is `paste`.
*/
export function keypressFromInput(input: string, key: InputKey): Keypress {
	const named = namedKeys.find(([property]) => key[property]);
	if (named) {
		return {name: named[1], text: ''};
	}

	if (key.tab) {
		return {name: key.shift ? 'shift+tab' : 'tab', text: ''};
	}

	// A line feed is what Ctrl+J and some terminals' Shift+Enter send.
	if (input === '\n') {
		return {name: 'ctrl+j', text: ''};
	}

	if (input === '\r' || ('return' in key && key.return === true)) {
		return {name: key.meta ? 'alt+enter' : 'enter', text: ''};
	}

	if (key.ctrl) {
		return {name: `ctrl+${input}`, text: ''};
	}

	if (key.meta) {
		return {name: `alt+${input}`, text: ''};
	}

	if (input === ' ') {
		return {name: 'space', text: ' '};
	}

	const isOneCharacter = [...input].length <= 1;
	return {name: isOneCharacter ? input : 'paste', text: input};
}
