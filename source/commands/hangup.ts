/**
Whether a command is stopped because its terminal went away, and not because a person wants it to end: what can go on without a terminal does.
*/
export function isHangup({reason}: AbortSignal): boolean {
	return reason instanceof Error && reason.cause === 'SIGHUP';
}
