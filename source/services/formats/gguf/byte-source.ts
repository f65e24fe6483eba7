/**
Where bytes are read from by position: a file, or a range of a remote one.
*/
export type ByteSource = {
	/**
	Bytes in all.
	*/
	readonly size: number;
	/**
	Fills the beginning of `into` from `position` on; resolves to the number of bytes read, 0 at the end.
	*/
	readonly read: (into: Uint8Array, position: number) => Promise<number>;
};
