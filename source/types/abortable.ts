/**
Options of every service call that waits: abort the signal and the call rejects with the signal's reason.
*/
export type Abortable = {
	readonly signal: AbortSignal;
};
