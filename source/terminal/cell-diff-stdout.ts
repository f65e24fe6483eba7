import {
	alternateScreenSwitch,
	beginUpdate,
	endUpdate,
	enterAlternateScreen,
	leaveAlternateScreen,
	showCursor,
} from './cells/control-sequences.js';
import {paintRow} from './cells/paint.js';
import {Pen} from './cells/pen.js';
import {blankRow, type Row} from './cells/row.js';
import {neutral} from './cells/style.js';
import {VirtualScreen} from './cells/virtual-screen.js';
import {TerminalStdout, type TerminalTarget, type WriteCallback} from './terminal-stdout.js';

const holdAfterResize = 20;

/**
A stdout for Ink that sends only the cells that changed.

Ink writes whole frames into a virtual screen. At the end of each frame it is compared with what stands on the terminal, and the difference goes out as one synchronised update that ends in the neutral style. While the terminal has not yet taken the last update, frames are left out; the newest is sent as soon as there is room, so that a slow line costs frames, never the last one. What is neither frame nor cursor goes through in its place.

On the alternate screen it works from the sequence that enters it to the one that leaves it, and passes bytes through before and after. On the primary screen, call `takeOver()` first and `handBack()` at the end: the old content is scrolled away, and the last frame stays above the shell's prompt.
*/
export class CellDiffStdout extends TerminalStdout {
	readonly #screen: VirtualScreen;
	/**
	What stands on the terminal, or will when all bytes sent have arrived. Undefined when unknown: then everything is painted.
	*/
	#shown: readonly Row[] | undefined;
	#isCursorShown: boolean | undefined;
	#isActive = false;
	#isInFrame = false;
	#isFlushScheduled = false;
	#isHeld = false;
	/**
	Writes that the terminal has not taken yet, and whether the screen has changed since the last one.
	*/
	#pending = 0;
	#isStale = false;
	#waiting: WriteCallback[] = [];

	constructor(target: TerminalTarget) {
		super(target);
		this.#screen = new VirtualScreen(this.columns, this.rows, sequence => {
			this.#handleControl(sequence);
		});
	}

	/**
	The bytes that bring the terminal to the state of the screen.
	*/
	#difference(): string {
		const {rows, cursor, columns, isCursorVisible} = this.#screen;
		const pen = new Pen(columns);
		if (!isCursorVisible && this.#isCursorShown !== false) {
			pen.setCursorVisible(false);
		}

		if (!this.#shown) {
			pen.clearScreen();
		}

		for (const [index, row] of rows.entries()) {
			paintRow(pen, index, this.#shown?.[index] ?? blankRow(columns), row);
		}

		pen.setStyle(neutral);
		if (isCursorVisible) {
			pen.moveTo(cursor.row, Math.min(cursor.column, columns - 1));
			if (this.#isCursorShown !== true) {
				pen.setCursorVisible(true);
			}
		}

		this.#isCursorShown = isCursorVisible;
		this.#shown = [...rows];
		return pen.bytes;
	}

	/**
	Tell those who wait that all they wrote has gone out.
	*/
	#settle(): void {
		if (this.#pending > 0 || this.#isStale || this.#isFlushScheduled) {
			return;
		}

		const waiting = this.#waiting;
		this.#waiting = [];
		for (const callback of waiting) {
			callback();
		}
	}

	#handlePart(part: string): void {
		if (part === enterAlternateScreen) {
			this.#sendCounted(part);
			this.#begin();
		} else if (part === leaveAlternateScreen) {
			// What is on the alternate screen is lost now: no need to paint it.
			this.#isActive = false;
			this.#isStale = false;
			this.#sendCounted((this.#screen.isCursorVisible ? showCursor : '') + part);
		} else if (!this.#isActive) {
			this.#sendCounted(part);
		} else if (part !== '') {
			this.#screen.write(part);
			if (!this.#isInFrame) {
				this.#scheduleFlush();
			}
		}
	}

	#begin(): void {
		this.#isActive = true;
		this.#isInFrame = false;
		this.#screen.clear();
		this.#forget();
	}

	/**
	The terminal may show something else than was last written: paint all of it.
	*/
	#forget(): void {
		this.#shown = undefined;
		this.#isCursorShown = undefined;
		this.#scheduleFlush();
	}

	#handleControl(sequence: string): void {
		if (sequence === beginUpdate) {
			this.#isInFrame = true;
		} else if (sequence === endUpdate) {
			this.#isInFrame = false;
			this.#flush();
		} else if (!this.#isInFrame) {
			// Within a frame only text, styles and moves have a meaning: what else is in there came from outside.
			this.#flush(true);
			this.#sendCounted(sequence);
		}
	}

	#scheduleFlush(): void {
		if (this.#isFlushScheduled) {
			return;
		}

		this.#isFlushScheduled = true;
		queueMicrotask(() => {
			this.#isFlushScheduled = false;
			this.#flush();
			this.#settle();
		});
	}

	#flush(isForced = false): void {
		if (!this.#isActive) {
			return;
		}

		this.#isStale = (this.#pending > 0 || this.#isHeld) && !isForced;
		if (this.#isStale) {
			return;
		}

		const bytes = this.#difference();
		if (bytes !== '') {
			this.#sendCounted(beginUpdate + bytes + endUpdate);
		}
	}

	#sendCounted(text: string): void {
		if (text === '') {
			return;
		}

		this.#pending++;
		this.send(text, () => {
			this.#pending--;
			if (this.#isStale) {
				this.#flush();
			}

			this.#settle();
		});
	}

	/**
	Begin on the primary screen: what is there moves up into the scrollback.
	*/
	override takeOver(): void {
		this.#sendCounted('\n'.repeat(this.rows));
		this.#begin();
	}

	/**
	Give the primary screen back: the cursor goes below the last row that holds something.
	*/
	override handBack(): void {
		if (!this.#isActive) {
			return;
		}

		this.#flush(true);
		this.#isActive = false;
		const blank = blankRow(this.#screen.columns);
		const last = this.#screen.rows.findLastIndex(row => row !== blank);
		this.#sendCounted(last === -1 ? '\u{1B}[H' : `\u{1B}[${last + 1}H\r\n`);
	}

	protected override handleResize(): void {
		this.#screen.resize(this.columns, this.rows);
		this.#forget();
		if (this.#isHeld) {
			return;
		}

		// Ink draws the old layout at the new size first, and a window that is dragged changes its size many times a second.
		this.#isHeld = true;
		setTimeout(() => {
			this.#isHeld = false;
			this.#flush();
			this.#settle();
		}, holdAfterResize);
	}

	protected override handleText(text: string, callback?: WriteCallback): void {
		for (const part of text.split(alternateScreenSwitch)) {
			this.#handlePart(part);
		}

		if (!callback) {
			return;
		}

		this.#waiting.push(callback);
		queueMicrotask(() => {
			this.#settle();
		});
	}
}
