import {type FollowingHash, type Hasher} from './hasher.js';
import {followFile} from './follow-file.js';
import {HashThread} from './hash-thread.js';

/**
Hashes in one thread of its own, which is started at the first use; one that ended is replaced at the next.
*/
export function createHasher(): Hasher {
	let thread: HashThread | undefined;
	return {
		follow(path, options = {}): FollowingHash {
			if (thread === undefined || thread.hasEnded) {
				thread = new HashThread();
			}

			return followFile(thread, path, options);
		},
		async close() {
			await thread?.close();
		},
	};
}
