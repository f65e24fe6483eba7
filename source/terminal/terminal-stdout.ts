import {Writable} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';

export type WriteCallback = (error?: Error | null) => void; // eslint-disable-line @typescript-eslint/no-restricted-types -- As Node's streams have it.

/**
The part of a terminal's stdout that is used: a `tty.WriteStream`, or a stand-in for one.
*/
export type TerminalTarget = {
	readonly columns: number;
	readonly rows: number;
	write(data: string, callback: WriteCallback): boolean;
	on(event: 'resize', listener: () => void): unknown;
	off(event: 'resize', listener: () => void): unknown;
};

/**
How large a terminal is, in cells: 80×24 where nobody has told its pty, which then says 0.
*/
export function sizeOf({columns, rows}: Pick<TerminalTarget, 'columns' | 'rows'>): {readonly columns: number; readonly rows: number} {
	return {columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24};
}

/**
A stdout for Ink in front of the real one: same size, `resize` passed on, bytes through as they are. Write errors, as when the terminal has gone, are taken as "written": nobody is left to see it.
*/
export class TerminalStdout extends Writable {
	readonly #targetWrite: TerminalTarget['write'];
	readonly #decoder = new StringDecoder('utf8');
	readonly #passOnResize = () => {
		this.handleResize();
		this.emit('resize');
	};

	readonly isTTY = true;
	protected readonly target: TerminalTarget;

	constructor(target: TerminalTarget) {
		super({decodeStrings: false});
		this.target = target;
		// Kept now, because others may replace it later to catch what strays to the screen.
		this.#targetWrite = target.write.bind(target);
		target.on('resize', this.#passOnResize);
	}

	get columns(): number {
		return sizeOf(this.target).columns;
	}

	get rows(): number {
		return sizeOf(this.target).rows;
	}

	override write(chunk: string | Uint8Array, encodingOrCallback?: BufferEncoding | WriteCallback, callback?: WriteCallback): boolean {
		const text = typeof chunk === 'string' ? chunk : this.#decoder.write(chunk);
		this.handleText(text, typeof encodingOrCallback === 'function' ? encodingOrCallback : callback);
		return true;
	}

	/**
	Begin to draw on the primary screen, where Ink's frames begin at the cursor.
	*/
	takeOver(): void {} // eslint-disable-line @typescript-eslint/no-empty-function -- As said.

	/**
	End it: what follows stands below the frame.
	*/
	handBack(): void {
		this.send('\r\n');
	}

	/**
	Stop listening to the real stdout.
	*/
	release(): void {
		this.target.off('resize', this.#passOnResize);
	}

	protected handleResize(): void {} // eslint-disable-line @typescript-eslint/no-empty-function -- As above.

	protected handleText(text: string, callback?: WriteCallback): void {
		this.send(text, callback);
	}

	protected send(text: string, callback?: WriteCallback): void {
		try {
			this.#targetWrite(text, () => {
				callback?.();
			});
		} catch {
			callback?.();
		}
	}
}
