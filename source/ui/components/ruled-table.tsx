import {Table} from 'ink-table';

export type RuledTableProps = {
	/**
	Rows of short ASCII text by heading: widths are counted in characters, and every row is drawn.
	*/
	readonly rows: ReadonlyArray<Readonly<Record<string, string>>>;
	/**
	Headings whose column is aligned to the right.
	*/
	readonly numeric?: readonly string[];
};

/**
A small table with rules, for figures that belong together. Long lists use Table.
*/
export function RuledTable({rows, numeric = []}: RuledTableProps) {
	const headings = Object.keys(rows[0] ?? {});
	return <Table data={[...rows]} columns={headings.map(key => ({key, align: numeric.includes(key) ? 'right' as const : 'left' as const}))}/>;
}
