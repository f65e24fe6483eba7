/**
Writes a range of a partial file from its start on.
*/
export type RangeWriter = {
	/**
	Where the next piece goes.
	*/
	readonly position: number;
	/**
	Takes a piece. A promise means: wait for it before the next one.
	*/
	readonly write: (piece: Uint8Array) => Promise<void> | undefined;
	/**
	Resolves once everything taken is in the file.
	*/
	readonly flush: () => Promise<void>;
};
