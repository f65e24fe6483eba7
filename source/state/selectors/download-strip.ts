import {type DownloadSegment} from '../../types/download.js';
import {type StyledLine, type StyledSpan, type Tone} from './styled-lines.js';

/**
How much of a slice of a file is here; `fetched` where a connection writes into it just now.
*/
export type SliceState = 'full' | 'partly' | 'fetched' | 'missing';

/**
The file in as many slices of equal length as there are cells.
*/
export function slicesOf(segments: readonly DownloadSegment[], sizeBytes: number, cells: number): readonly SliceState[] {
	if (sizeBytes <= 0) {
		return [];
	}

	const borders = Array.from({length: cells + 1}, (_, index) => Math.floor(index * sizeBytes / cells));
	const here = Array.from({length: cells}, () => 0);
	const fetched = new Set<number>();
	const cellOf = (position: number) => Math.max(0, Math.min(cells - 1, Math.floor(position * cells / sizeBytes)));
	for (const {start, received, end, host} of segments) {
		for (let cell = cellOf(start); cell <= cellOf(received); cell++) {
			here[cell] = (here[cell] ?? 0) + Math.max(0, Math.min(received, borders[cell + 1] ?? 0) - Math.max(start, borders[cell] ?? 0));
		}

		if (host !== undefined && received < end) {
			fetched.add(cellOf(received));
		}
	}

	return here.map((bytes, cell) => {
		const length = (borders[cell + 1] ?? 0) - (borders[cell] ?? 0);
		if (fetched.has(cell)) {
			return 'fetched';
		}

		return bytes <= 0 ? 'missing' : (bytes < length ? 'partly' : 'full');
	});
}

/**
Signs of one cell that differ without colour.
*/
const signs: Readonly<Record<SliceState, string>> = {
	full: '█', partly: '▄', fetched: '>', missing: '░',
};

const tones: Readonly<Record<SliceState, Tone | undefined>> = {
	full: 'good', partly: 'good', fetched: 'accent', missing: 'muted',
};

/**
The slices as one line.
*/
export function stripLine(segments: readonly DownloadSegment[], sizeBytes: number, cells: number): StyledLine {
	const spans: StyledSpan[] = [];
	for (const slice of slicesOf(segments, sizeBytes, cells)) {
		const last = spans.at(-1);
		if (last && last.color === tones[slice]) {
			spans[spans.length - 1] = {...last, text: last.text + signs[slice]};
		} else {
			spans.push({text: signs[slice], color: tones[slice]});
		}
	}

	return spans;
}

const words: ReadonlyArray<readonly [SliceState, string]> = [['full', 'here'], ['partly', 'partly'], ['fetched', 'being fetched'], ['missing', 'missing']];

/**
What the signs of the strip mean.
*/
export const stripLegend: StyledLine = words.flatMap(([slice, word]): StyledLine => [{text: signs[slice], color: tones[slice]}, {text: ` ${word}   `, color: 'muted'}]);
