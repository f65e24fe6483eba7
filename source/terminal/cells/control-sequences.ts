/* eslint-disable no-control-regex, regexp/no-control-character -- Control characters are what these patterns are about. */

/**
One piece of a line: SGR parameters, a hyperlink (OSC 8), or text.
*/
export const lineToken = /\u{1B}\[(?<sgr>[\d:;]*)m|\u{1B}\]8;(?<link>[^\u{7}\u{1B}\u{9C}]*)(?:\u{7}|\u{1B}\\|\u{9C})|(?<text>\P{Control}+)/vy;

/**
One piece of what a program writes to a terminal: a CSI sequence, a hyperlink, another control string, another escape sequence, a control character, or text.
*/
export const terminalToken = /\u{1B}\[(?<parameters>[\u{30}-\u{3F}]*)(?<intermediates>[\u{20}-\u{2F}]*)(?<final>[\u{40}-\u{7E}])|\u{1B}\]8;(?<link>[^\u{7}\u{1B}\u{9C}]*)(?:\u{7}|\u{1B}\\|\u{9C})|(?<string>\u{1B}[PX\]^_][^\u{7}\u{1B}\u{9C}]*(?:\u{7}|\u{1B}\\|\u{9C}))|(?<escape>\u{1B}[^PX\[\]^_])|(?<control>\p{Control})|(?<text>\P{Control}+)/vy;

export type TerminalTokenGroups = Partial<Record<'parameters' | 'intermediates' | 'final' | 'link' | 'string' | 'escape' | 'control' | 'text', string>>;

/**
Splits at what switches the alternate screen on or off, and keeps it.
*/
export const alternateScreenSwitch = /(?<sequence>\u{1B}\[\?1049[hl])/v;

export const enterAlternateScreen = '\u{1B}[?1049h';
export const leaveAlternateScreen = '\u{1B}[?1049l';

/**
Around an update that the terminal shows at once.
*/
export const beginUpdate = '\u{1B}[?2026h';
export const endUpdate = '\u{1B}[?2026l';

export const showCursor = '\u{1B}[?25h';
export const hideCursor = '\u{1B}[?25l';
