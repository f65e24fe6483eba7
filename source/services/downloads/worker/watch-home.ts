import {stat} from 'node:fs/promises';

/**
Calls back once a folder is not the one any more that it was: removed, or another in its place.
*/
export async function watchHome(home: string, {every, onTick, onFailure, onGone}: {
	readonly every: number;
	/**
	Called as often as it looks.
	*/
	readonly onTick: () => Promise<void>;
	/**
	Told the first failure of each row; it looks again all the same.
	*/
	readonly onFailure: (error: unknown) => void;
	readonly onGone: () => void;
}): Promise<Disposable> {
	const before = await identityOf(home);
	let isLooking = false;
	let isFailing = false;
	const look = async () => {
		isLooking = true;
		try {
			if (await identityOf(home) === before) {
				await onTick();
			} else {
				onGone();
			}

			isFailing = false;
		} catch (error) {
			if (!isFailing) {
				onFailure(error);
			}

			isFailing = true;
		} finally {
			isLooking = false;
		}
	};

	const timer = setInterval(() => {
		if (!isLooking) {
			void look();
		}
	}, every);
	return {
		[Symbol.dispose]() {
			clearInterval(timer);
		},
	};
}

/**
Numbers of files are given away again; together with the time it was made they are not.
*/
async function identityOf(folder: string): Promise<string> {
	try {
		const {dev, ino, birthtimeMs} = await stat(folder);
		return `${dev} ${ino} ${birthtimeMs}`;
	} catch {
		return 'gone';
	}
}
