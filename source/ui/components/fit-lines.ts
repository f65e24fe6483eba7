/**
A list that is too long loses its middle: its end says what it comes to.
*/
export function fitLines(lines: readonly string[], shown: number): readonly string[] {
	const kept = Math.max(0, shown - keptAtEnd - 1);
	return lines.length <= shown ? lines : [...lines.slice(0, kept), `… and ${lines.length - kept - keptAtEnd} more`, ...lines.slice(-keptAtEnd)];
}

const keptAtEnd = 2;
