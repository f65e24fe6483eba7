import path from 'node:path';

export type PartialPaths = {
	readonly partial: string;
	readonly journal: string;
	/**
	What was written since the journal was.
	*/
	readonly log: string;
};

/**
Where the partial file of a download and what is known of it are, by the position of the file in the download.
*/
export function partialPaths(folder: string, index: number): PartialPaths {
	return {partial: path.join(folder, `${index}.partial`), journal: path.join(folder, `${index}.json`), log: path.join(folder, `${index}.log`)};
}
