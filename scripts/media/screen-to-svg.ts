import {type Screen, type ScreenCell} from '../../test/helpers/terminal/screen.js';
import {drawGlyph} from './draw-glyph.js';

export const cellWidth = 9;
export const cellHeight = 19;
const fontSize = 15;
const baseline = 14;
const padding = 14;
const titleHeight = 30;

const foreground = '#d7dce5';
const background = '#14181f';
const palette16 = [
	'#3b4252',
	'#e06c75',
	'#8fc379',
	'#e5c07b',
	'#61afef',
	'#c678dd',
	'#56b6c2',
	'#c8ccd4',
	'#7f8896',
	'#ef8a93',
	'#a9dc8f',
	'#f2d394',
	'#84c4f8',
	'#d79bea',
	'#7dd3dd',
	'#ffffff',
];

/**
The colour of an entry of the 256-colour palette: 16 named ones, a cube of 6 × 6 × 6, 24 greys.
*/
function paletteColour(index: number): string {
	const named = palette16[index];
	if (named !== undefined) {
		return named;
	}

	if (index >= 232) {
		const grey = (8 + ((index - 232) * 10)).toString(16).padStart(2, '0');
		return `#${grey}${grey}${grey}`;
	}

	const levels = [0, 95, 135, 175, 215, 255];
	const cube = index - 16;
	const channels = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6];
	return `#${channels.map(channel => levels[channel]!.toString(16).padStart(2, '0')).join('')}`;
}

function toColour(colour: string, usual: string): string {
	const [kind, value = ''] = colour.split(':', 2);
	if (kind === 'palette') {
		return paletteColour(Number(value));
	}

	return kind === 'rgb' ? `#${value}` : usual;
}

function colours(cell: ScreenCell): {text: string; fill: string} {
	const text = toColour(cell.foreground, foreground);
	const fill = toColour(cell.background, background);
	return cell.inverse ? {text: fill, fill: text} : {text, fill};
}

function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function textAttributes(cell: ScreenCell): string {
	return [
		`fill="${colours(cell).text}"`,
		...(cell.bold ? ['font-weight="700"'] : []),
		...(cell.italic ? ['font-style="italic"'] : []),
		...(cell.dim ? ['opacity="0.6"'] : []),
		...(cell.underline ? ['text-decoration="underline"'] : []),
		...(cell.strikethrough ? ['text-decoration="line-through"'] : []),
	].join(' ');
}

type Run = {readonly column: number; readonly attributes: string; text: string; width: number};

/**
Cells of one look side by side become one text, stretched to the exact width of its cells, so that every font keeps to the grid.
*/
function drawRow(cells: readonly ScreenCell[], top: number): string[] {
	const shapes: string[] = [];
	const runs: Run[] = [];
	for (const [column, cell] of cells.entries()) {
		const left = column * cellWidth;
		const {text, fill} = colours(cell);
		if (fill !== background) {
			shapes.push(`<rect x="${left}" y="${top}" width="${cellWidth}" height="${cellHeight}" fill="${fill}"/>`);
		}

		if (cell.text.trim() === '' || cell.invisible) {
			continue;
		}

		const drawn = drawGlyph(cell.text, {
			left, top, width: cellWidth, height: cellHeight,
		});
		if (drawn !== undefined) {
			runs.push({
				column, attributes: '', text: `<g fill="${text}" stroke="none"${cell.dim ? ' opacity="0.6"' : ''}>${drawn}</g>`, width: 0,
			});
			continue;
		}

		const attributes = textAttributes(cell);
		const last = runs.at(-1);
		if (last?.attributes === attributes && last.column + last.width === column) {
			last.text += cell.text;
			last.width += cell.width;
		} else {
			runs.push({
				column, attributes, text: cell.text, width: cell.width,
			});
		}
	}

	return [...shapes, ...runs.map(run => run.width === 0
		? run.text
		: `<text x="${run.column * cellWidth}" y="${top + baseline}" textLength="${run.width * cellWidth}" lengthAdjust="spacingAndGlyphs" ${run.attributes}>${escapeXml(run.text)}</text>`)];
}

/**
Neighbouring rectangles of one colour become one: thousands of cells would be many, and their edges would show.
*/
function mergeRectangles(shapes: readonly string[]): string[] {
	const pattern = /^<rect x="(?<x>\d+)" y="(?<y>\d+)" width="(?<width>\d+)" height="\d+" fill="(?<fill>[^"]+)"\/>$/v;
	const merged: string[] = [];
	for (const shape of shapes) {
		const current = pattern.exec(shape)?.groups;
		const previous = pattern.exec(merged.at(-1) ?? '')?.groups;
		if (current && previous && current.y === previous.y && current.fill === previous.fill && Number(previous.x) + Number(previous.width) === Number(current.x)) {
			const width = Number(previous.width) + Number(current.width);
			merged[merged.length - 1] = `<rect x="${previous.x}" y="${previous.y}" width="${width}" height="${cellHeight}" fill="${previous.fill}"/>`;
		} else {
			merged.push(shape);
		}
	}

	return merged;
}

/**
A picture of the screen, cell by cell, in a plain window with a title.
*/
export function screenToSvg({terminal, cellAt}: Pick<Screen, 'terminal' | 'cellAt'>, title: string): string {
	const {cols: columns, rows} = terminal;
	const width = (columns * cellWidth) + (2 * padding);
	const height = (rows * cellHeight) + (2 * padding) + titleHeight;
	const drawn = Array.from({length: rows}, (_, row) => {
		const cells = Array.from({length: columns}, (_cell, column) => cellAt(column, row));
		return mergeRectangles(drawRow(cells, row * cellHeight)).join('\n');
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}">`,
		`<rect width="${width}" height="${height}" rx="8" fill="${background}"/>`,
		`<text x="${width / 2}" y="21" text-anchor="middle" font-family="system-ui, sans-serif" font-size="13" fill="#7f8896">${escapeXml(title)}</text>`,
		`<g transform="translate(${padding} ${padding + titleHeight})" font-family="'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace" font-size="${fontSize}" shape-rendering="crispEdges" xml:space="preserve">`,
		...drawn.filter(row => row !== ''),
		'</g>',
		'</svg>',
		'',
	].join('\n');
}
