import path from 'node:path';

/**
Where the partial file of a download and its journal are, by the position of the file in the download.
*/
export function partialPaths(folder: string, index: number): {readonly partial: string; readonly journal: string} {
	return {partial: path.join(folder, `${index}.partial`), journal: path.join(folder, `${index}.json`)};
}
