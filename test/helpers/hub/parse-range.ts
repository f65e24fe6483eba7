export type ByteRange = {
	readonly start: number;
	/**
	Not included.
	*/
	readonly end: number;
};

/**
One range of a Range header; undefined for none, and for what a server may ignore (other units, several ranges).
*/
export function parseRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
	const {first = '', last = ''} = /^bytes=(?<first>\d*)-(?<last>\d*)$/v.exec(header ?? '')?.groups ?? {};
	if (first === '' && last === '') {
		return undefined;
	}

	const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
	const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
	return start < end ? {start, end} : 'unsatisfiable';
}
