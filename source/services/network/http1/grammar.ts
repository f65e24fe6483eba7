// Parts of the grammar of RFC 9110 and 9112, as patterns with the flag `v`.

/**
A name of a header.
*/
export const tokenPattern = String.raw`[\w!#$%\x26'*+\-.^\x60\|~]+`;

/**
What a header may hold: no control character but the tab, so no end of a line.
*/
export const textPattern = String.raw`[\t\x20-\x7E\x80-\xFF]*`;
