import {cellWidth, fitCells} from '../../format/cells.js';
import {progressBar} from '../../format/progress-bar.js';
import {wrapCells} from '../../format/wrap.js';
import {type StyledLine, type StyledSpan} from './styled-lines.js';

export type MachineSpace = {
	readonly width: number;
	/**
	The most telling of it, where the list below needs the room.
	*/
	readonly isBrief: boolean;
};

/**
`isLive` of this machine, which can be measured; not of one that was only described.
*/
export type LiveSpace = MachineSpace & {readonly isLive: boolean};

export const headingWidth = 10;

/**
A row's name, in a column of its own.
*/
export function heading(text: string): StyledSpan {
	return {text: ` ${fitCells(text, headingWidth - 1)}`, color: 'muted'};
}

const barWidth = ({width}: LiveSpace) => width >= 100 ? 16 : 8;

/**
A bar that turns yellow and red as it fills; the figures beside it say the same.
*/
function meter(share: number, space: LiveSpace): StyledSpan {
	return {text: `${progressBar(share, barWidth(space))} `, color: share > 0.9 ? 'bad' : (share > 0.7 ? 'warning' : 'good')};
}

/**
A name, a bar where there is something to measure, and facts with a dot between two: a row ends between facts, and goes on below them. The first fact counts most.
*/
export function factRows(name: string, {share, facts, space}: {readonly share?: number; readonly facts: ReadonlyArray<string | undefined>; readonly space: LiveSpace}): readonly StyledLine[] {
	const known = facts.filter((fact): fact is string => fact !== undefined && fact !== '');
	const bar = space.isLive && share !== undefined && Number.isFinite(share) ? [meter(share, space)] : [];
	const indent = headingWidth + (bar.length === 0 ? 0 : barWidth(space) + 1);
	const rows: string[][] = [];
	let left = 0;
	for (const fact of known) {
		const needed = cellWidth(fact) + 3;
		if (rows.length === 0 || needed > left) {
			rows.push([]);
			left = space.width - indent + 2;
		}

		rows.at(-1)?.push(fact);
		left -= needed;
	}

	return rows.map(([first = '', ...rest], index): StyledLine => [
		...(index === 0 ? [heading(name), ...bar] : [' '.repeat(indent)]),
		{text: first, isBold: index === 0},
		...rest.map(fact => ` · ${fact}`),
	]);
}

/**
A name, and a text that wraps below itself; no rows without a text.
*/
export function textRows(name: string, text: string, {width, color}: {readonly width: number; readonly color: StyledSpan['color']}): readonly StyledLine[] {
	return text === '' ? [] : wrapCells(text, width - headingWidth - 1).map((line, index): StyledLine => [heading(index === 0 ? name : ''), {text: line, color}]);
}
