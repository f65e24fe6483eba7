/**
An error as plain data, fit for state, JSON and the screen. Never holds a token or control sequences.
*/
export type ErrorReport = {
	/**
	Stable and machine-readable, for example `checksum_mismatch`.
	*/
	readonly code: string;
	/**
	What happened, and to what.
	*/
	readonly message: string;
	/**
	What to do next.
	*/
	readonly hint?: string;
	/**
	What a command that fails with it exits with; the table is in the command contract. 1 where there is none.
	*/
	readonly exitCode?: number;
	/**
	How much more room is needed on the volume, where that is what was missing.
	*/
	readonly missingBytes?: number;
};
