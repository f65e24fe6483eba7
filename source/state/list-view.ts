/**
Which row of a list is selected and which is the first in the window.
*/
export type ListView = {
	readonly cursor: number;
	readonly top: number;
};

export type ListMove = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';

export const startOfList: ListView = {cursor: 0, top: 0};

/**
Selects a row; the window moves only as far as it must, so that a step redraws two rows and not all.
*/
export function moveTo(list: ListView, index: number, count: number, height: number): ListView {
	const cursor = Math.max(0, Math.min(index, count - 1));
	const lastTop = Math.max(0, count - height);
	const top = Math.min(lastTop, Math.max(cursor - height + 1, Math.min(list.top, cursor)));
	return cursor === list.cursor && top === list.top ? list : {cursor, top: Math.max(0, top)};
}

export function moveBy(list: ListView, move: ListMove, count: number, height: number): ListView {
	const page = Math.max(1, height - 1);
	const target: Readonly<Record<ListMove, number>> = {
		up: list.cursor - 1,
		down: list.cursor + 1,
		'page-up': list.cursor - page,
		'page-down': list.cursor + page,
		first: 0,
		last: count - 1,
	};
	return moveTo(list, target[move], count, height);
}

/**
Brings the selection back inside after the list or the window changed.
*/
export function clampList(list: ListView, count: number, height: number): ListView {
	return moveTo(list, list.cursor, count, height);
}

/**
A list that knows its selected row by key, once one was chosen.
*/
export type Selection = {
	readonly list: ListView;
	readonly selectedKey?: string;
};

/**
After the rows changed: the chosen row stays selected wherever it went; where it is gone, the one at its place is chosen instead.
*/
export function followSelection<S extends Selection, Row>(selection: S, rows: readonly Row[], keyOf: (row: Row | undefined) => string | undefined, height: number): S {
	const {list, selectedKey} = selection;
	const isElsewhere = selectedKey !== undefined && keyOf(rows[list.cursor]) !== selectedKey;
	const found = isElsewhere ? rows.findIndex(row => keyOf(row) === selectedKey) : list.cursor;
	const isGone = found === -1;
	const kept = moveTo(list, isGone ? list.cursor : found, rows.length, height);
	return kept === list && !isGone ? selection : {...selection, list: kept, selectedKey: isGone ? keyOf(rows[kept.cursor]) : selectedKey};
}
