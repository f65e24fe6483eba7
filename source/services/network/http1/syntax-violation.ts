/**
A server's answer breaks the rules of HTTP/1.1 (RFC 9112) or goes beyond what Remuda puts up with. Nothing more is read from its connection.
*/
export class SyntaxViolation extends Error {
	override readonly name = 'SyntaxViolation';
	readonly code = 'ERR_HTTP_SYNTAX';
}
