export type Cell = {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
};

// Which arms of a line character go out from the middle of its cell: up, right, down, left.
const lines: Readonly<Record<string, string>> = {
	'─': 'rl', '│': 'ud', '┌': 'rd', '┐': 'dl', '└': 'ur', '┘': 'ul', '├': 'urd', '┤': 'udl', '┬': 'rdl', '┴': 'url', '┼': 'urdl', '╭': 'rd', '╮': 'dl', '╰': 'ur', '╯': 'ul', '╴': 'l', '╵': 'u', '╶': 'r', '╷': 'd',
};

const shades: Readonly<Record<string, number>> = {'░': 0.25, '▒': 0.5, '▓': 0.75};

function rectangle(left: number, top: number, width: number, height: number, opacity = 1): string { // eslint-disable-line max-params -- As SVG has them.
	return `<rect x="${left}" y="${top}" width="${width}" height="${height}"${opacity === 1 ? '' : ` opacity="${opacity}"`}/>`;
}

function drawLine(arms: string, {left, top, width, height}: Cell): string {
	const middleX = left + Math.floor(width / 2);
	const middleY = top + Math.floor(height / 2);
	const arm: Readonly<Record<string, () => string>> = {
		u: () => rectangle(middleX, top, 1, middleY - top + 1),
		d: () => rectangle(middleX, middleY, 1, top + height - middleY),
		l: () => rectangle(left, middleY, middleX - left + 1, 1),
		r: () => rectangle(middleX, middleY, left + width - middleX, 1),
	};
	return [...arms].map(name => arm[name]!()).join('');
}

/**
Lines, blocks and shades as shapes: fonts leave gaps between them. Undefined for all other characters.
*/
export function drawGlyph(text: string, cell: Cell): string | undefined {
	const {left, top, width, height} = cell;
	const arms = lines[text];
	if (arms !== undefined) {
		return drawLine(arms, cell);
	}

	const shade = shades[text];
	if (shade !== undefined) {
		return rectangle(left, top, width, height, shade);
	}

	const code = text.codePointAt(0)!;
	// U+2581 to U+2588: lower blocks in eighths, U+2589 to U+258F: left blocks in eighths.
	if (text.length === 1 && code >= 0x25_81 && code <= 0x25_88) {
		const part = Math.round((height * (code - 0x25_80)) / 8);
		return rectangle(left, top + height - part, width, part);
	}

	return text.length === 1 && code >= 0x25_89 && code <= 0x25_8F ? rectangle(left, top, Math.round((width * (0x25_90 - code)) / 8), height) : undefined;
}
