import {requireSpace} from './free-space.js';
import {volumeOf} from './volume.js';

/**
What is still to be written for one download.
*/
export type SpaceDemand = {
	/**
	Into the folder of partial files.
	*/
	readonly partialBytes: number;
	/**
	Size of every file, with the folder it will be in.
	*/
	readonly files: ReadonlyArray<{readonly folder: string; readonly bytes: number}>;
};

/**
Makes sure that there is room for all demands together, on each volume. A file whose final folder is on another volume than the partial files needs room there as well, where it is copied to.
@throws NoSpaceError `disk_full` with the bytes that are missing.
*/
export async function requireRoom(demands: readonly SpaceDemand[], partials: string): Promise<void> {
	const volumes = new Map<string, Promise<string>>();
	const findVolume = async (folder: string) => {
		const found = volumes.get(folder) ?? volumeOf(folder);
		volumes.set(folder, found);
		return found;
	};

	const home = await findVolume(partials);
	const needs = new Map([[home, {folder: partials, bytes: demands.reduce((sum, {partialBytes}) => sum + partialBytes, 0)}]]);
	for (const {folder, bytes} of demands.flatMap(({files}) => files)) {
		// eslint-disable-next-line no-await-in-loop -- each folder is looked at once
		const volume = await findVolume(folder);
		if (volume !== home) {
			needs.set(volume, {folder, bytes: bytes + (needs.get(volume)?.bytes ?? 0)});
		}
	}

	await Promise.all(needs.values().map(async ({folder, bytes}) => requireSpace(folder, bytes)));
}
