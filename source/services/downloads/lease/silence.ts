/**
How long the content of a file has not changed, as far as this process has looked, by a clock that never jumps.
*/
export type SilenceWatch = {
	/**
	Milliseconds since the same content was first seen there.
	*/
	readonly lasts: (file: string, content: string) => number;
	readonly forget: (file: string) => void;
};

export function createSilenceWatch(now: () => number): SilenceWatch {
	const seen = new Map<string, {readonly content: string; readonly since: number}>();
	return {
		lasts(file, content) {
			const before = seen.get(file);
			if (before?.content === content) {
				return now() - before.since;
			}

			seen.set(file, {content, since: now()});
			return 0;
		},
		forget(file) {
			seen.delete(file);
		},
	};
}
