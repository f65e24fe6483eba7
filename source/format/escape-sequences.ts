// ECMA-48, with the eight-bit forms of terminals that are not in UTF-8.
const escape = String.raw`\u{1B}`;

// Titles, links, pictures: a text up to its end. Any other control character breaks it off.
const strings = String.raw`(?:${escape}[PX\]^_]|[\u{90}\u{98}\u{9D}-\u{9F}])\P{Control}*(?:\u{07}|\u{9C}|${escape}\\)`;
// Colours, cursor movements: parameters, intermediate bytes, a final byte.
const controlSequences = String.raw`(?:${escape}\[|\u{9B})[0-?]*[ -\/]*[@-~]`;
const others = String.raw`${escape}[ -\/]*[0-~]`;

/**
Escape sequences of terminals. Each begins with a control character and holds none before its end, so that a search takes time in proportion to the text.
Node's own pattern does not: there, each unfinished title costs the whole rest of the text.
*/
// eslint-disable-next-line regexp/no-control-character, regexp/no-obscure-range -- Escape sequences are made of them.
export const sequences = new RegExp(`${strings}|${controlSequences}|${others}`, 'gv');
