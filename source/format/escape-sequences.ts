// ECMA-48, with the eight-bit forms of terminals that are not in UTF-8.
const escape = String.raw`\u{1B}`;

// Titles, links, pictures: a text up to its end. Any other control character breaks it off.
const stringStart = String.raw`(?:${escape}[PX\]^_]|[\u{90}\u{98}\u{9D}-\u{9F}])\P{Control}*`;
const stringEnd = String.raw`(?:\u{07}|\u{9C}|${escape}\\)`;
// Colours, cursor movements: parameters, intermediate bytes, a final byte.
const controlStart = String.raw`(?:${escape}\[|\u{9B})[0-?]*[ -\/]*`;
const otherStart = String.raw`${escape}[ -\/]*`;

/**
Escape sequences of terminals. Each begins with a control character and holds none before its end, so that a search takes time in proportion to the text.
Node's own pattern does not: there, each unfinished title costs the whole rest of the text.
*/
// eslint-disable-next-line regexp/no-control-character, regexp/no-obscure-range -- Escape sequences are made of them.
export const sequences = new RegExp(`${stringStart}${stringEnd}|${controlStart}[@-~]|${otherStart}[0-~]`, 'gv');

/**
A sequence that the end of the text cuts off: what comes next may belong to it.
*/
// eslint-disable-next-line regexp/no-control-character, regexp/no-obscure-range -- As above.
export const unfinishedSequence = new RegExp(`(?:${stringStart}${escape}?|${controlStart}|${otherStart})$`, 'v');
