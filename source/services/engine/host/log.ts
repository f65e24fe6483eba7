const maximumLines = 24;
const maximumLineLength = 512;

/**
The last lines that llama.cpp and its binding logged. Nothing of it is printed.
*/
export type Log = {
	readonly add: (line: string) => void;
	readonly clear: () => void;
	readonly text: () => string;
};

export function createLog(): Log {
	const lines: string[] = [];
	return {
		add(line) {
			lines.push(line.trim().slice(0, maximumLineLength));
			if (lines.length > maximumLines) {
				lines.shift();
			}
		},
		clear() {
			lines.length = 0;
		},
		text: () => lines.join('\n'),
	};
}
