import {truncateCells} from '../format/cells.js';
import {type OutputStream} from './command.js';

/**
Lines at the bottom of stderr that are drawn over and over, or nothing at all where it is not visible.
*/
export type ProgressArea = {
	readonly visible: boolean;
	/**
	Cells that a line may have; longer ones are cut.
	*/
	readonly width: number;
	readonly show: (lines: readonly string[]) => void;
	readonly clear: () => void;
};

export function createProgressArea(stderr: OutputStream, {isVisible}: {readonly isVisible: boolean}): ProgressArea {
	let shown = '';
	let height = 0;

	// A line as wide as the terminal would wrap on some and make the area one line higher than counted.
	const lineWidth = () => (stderr.columns ?? 80) - 1;

	// Up to the first line, then erase to the end of the screen.
	const home = () => `\r${height > 1 ? `\u{1B}[${height - 1}A` : ''}\u{1B}[J`;

	return {
		visible: isVisible,
		get width() {
			return lineWidth();
		},
		show(lines) {
			if (!isVisible) {
				return;
			}

			const text = lines.map(line => truncateCells(line, lineWidth())).join('\n');
			if (text === shown) {
				return;
			}

			stderr.write(home() + text);
			shown = text;
			height = lines.length;
		},
		clear() {
			if (!(isVisible && height > 0)) {
				return;
			}

			stderr.write(home());
			shown = '';
			height = 0;
		},
	};
}
