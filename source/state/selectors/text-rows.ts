import {wrapCells} from '../../format/wrap.js';

/**
A row of an answer, with the little Markdown that a terminal can show: fences and headings.
*/
export type TextRow = {readonly text: string; readonly kind: 'text' | 'heading' | 'code'};

export type RowWriter = {
	/**
	The rows of a text that begins with the one of the call before.
	*/
	readonly rowsOf: (text: string) => readonly TextRow[];
};

/**
UTF-16 units that are wrapped at a time. Wide characters cost 30 µs each, so a long line must not be wrapped from its beginning with every token.
*/
const pieceLength = 1000;

/**
Wraps a text that grows: what can no longer change is wrapped once. Where the text is cut into pieces does not depend on how it came, so that a whole text has the same rows.
*/
export function createRowWriter(width: number): RowWriter {
	const settled: TextRow[] = [];
	let position = 0;
	// The last row of a line that goes on, and what line it is.
	let open = '';
	let openKind: TextRow['kind'] | undefined;
	let isInFence = false;

	const wrap = (piece: string): readonly TextRow[] => {
		const kind = openKind ?? kindOf(piece, isInFence);
		return wrapCells(open + piece, width, {isLaidOut: true}).map(text => ({text, kind}));
	};

	// A fence is told by the beginning of its line.
	const passFence = (piece: string) => {
		if (openKind === undefined && isFence(piece)) {
			isInFence = !isInFence;
		}
	};

	const endLine = (piece: string) => {
		settled.push(...wrap(piece));
		passFence(piece);
		open = '';
		openKind = undefined;
	};

	const goOn = (piece: string) => {
		const rows = wrap(piece);
		settled.push(...rows.slice(0, -1));
		passFence(piece);
		open = rows.at(-1)?.text ?? '';
		openKind = rows[0]?.kind;
	};

	return {
		rowsOf(text) {
			for (let piece = text.slice(position, position + pieceLength); ; piece = text.slice(position, position + pieceLength)) {
				const end = piece.indexOf('\n');
				if (end !== -1) {
					endLine(piece.slice(0, end));
					position += end + 1;
				} else if (piece.length === pieceLength) {
					goOn(piece);
					position += pieceLength;
				} else {
					return [...settled, ...wrap(piece)];
				}
			}
		},
	};
}

function isFence(line: string): boolean {
	return line.trimStart().startsWith('```');
}

function kindOf(line: string, isInFence: boolean): TextRow['kind'] {
	return isInFence || isFence(line) ? 'code' : (/^#{1,6} /v.test(line) ? 'heading' : 'text');
}
