import {Box} from 'ink';
import {fitCells} from '../../format/cells.js';
import {type ListView} from '../../state/list-view.js';
import {signs, type ThemeColor} from '../theme.js';
import {Line, type Span} from './line.js';

export type Column<Row> = {
	readonly title: string;
	/**
	Cells, or `flex` for a share of what the others leave.
	*/
	readonly width: number | 'flex';
	readonly align?: 'left' | 'right';
	readonly value: (row: Row) => string;
	readonly color?: (row: Row) => ThemeColor | undefined;
};

export type TableProps<Row> = {
	readonly columns: ReadonlyArray<Column<Row>>;
	readonly rows: readonly Row[];
	readonly rowKey: (row: Row) => string;
	readonly list: ListView;
	/**
	Cells and rows, the heading included.
	*/
	readonly width: number;
	readonly height: number;
	/**
	Whether keys go to this table: the selection is inverse then, and has a weaker sign otherwise.
	*/
	readonly isFocused?: boolean;
	readonly isMarked?: (row: Row) => boolean;
};

/**
A long list: only the rows of the window are drawn, and wide characters keep their columns.
*/
export function Table<Row>({columns, rows, rowKey, list, width, height, isFocused = true, isMarked}: TableProps<Row>) {
	const widths = columnWidths(columns, width);
	const visible = rows.slice(list.top, list.top + height - tableHeadingRows);
	return (
		<Box flexDirection='column' width={width} height={height} flexShrink={0}>
			<Line width={width} spans={['  ', ...columns.map(({title, align}, index): Span => ({text: `${fitCells(title, widths[index] ?? 0, align)} `, color: 'muted'}))]}/>
			{visible.map((row, index) => {
				const isSelected = list.top + index === list.cursor;
				const spans = columns.map(({value, align, color}, column): Span => ({
					text: `${fitCells(value(row), widths[column] ?? 0, align)} `,
					color: color?.(row),
				}));
				const marks = `${isSelected ? (isFocused ? signs.selected : signs.selectedElsewhere) : ' '}${isMarked?.(row) ? signs.marked : ' '}`;
				return <Line key={rowKey(row)} width={width} isSelected={isSelected && isFocused} spans={[marks, ...spans]}/>;
			})}
		</Box>
	);
}

/**
Rows of a table that are not data.
*/
export const tableHeadingRows = 1;

/**
Cells of each column: fixed ones get theirs, flexible ones share the rest evenly.
*/
export function columnWidths<Row>(columns: ReadonlyArray<Column<Row>>, width: number): readonly number[] {
	const flexible = columns.filter(column => column.width === 'flex').length;
	let left = width - 2 - columns.length;
	for (const column of columns) {
		left -= column.width === 'flex' ? 0 : column.width;
	}

	const share = flexible === 0 ? 0 : Math.max(4, Math.floor(left / flexible));
	return columns.map(column => (column.width === 'flex' ? share : column.width));
}
