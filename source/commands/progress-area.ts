import {truncateCells} from '../format/cells.js';
import {type OutputStream} from './command.js';

/**
Lines at the bottom of stderr that are drawn over and over, or nothing at all where it is not visible.
*/
export type ProgressArea = {
	readonly visible: boolean;
	readonly show: (lines: readonly string[]) => void;
	readonly clear: () => void;
};

export function createProgressArea(stderr: OutputStream, {isVisible}: {readonly isVisible: boolean}): ProgressArea {
	let height = 0;

	// Up to the first line, then erase to the end of the screen.
	const home = () => `\r${height > 1 ? `\u{1B}[${height - 1}A` : ''}\u{1B}[J`;

	return {
		visible: isVisible,
		show(lines) {
			if (!isVisible) {
				return;
			}

			// A line as wide as the terminal would wrap on some and make the area one line higher than counted.
			const width = (stderr.columns ?? 80) - 1;
			stderr.write(home() + lines.map(line => truncateCells(line, width)).join('\n'));
			height = lines.length;
		},
		clear() {
			if (!(isVisible && height > 0)) {
				return;
			}

			stderr.write(home());
			height = 0;
		},
	};
}
