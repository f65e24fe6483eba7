import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	Box,
	render,
	Text,
	useStdout,
} from 'ink';
import {CellDiffStdout} from '../../source/terminal/cell-diff-stdout.js';
import {createFakeTerminal, type FakeTerminal} from '../helpers/fake-terminal.js';
import {type ScreenCell} from '../helpers/terminal/screen.js';

type Size = {readonly columns: number; readonly rows: number};
type Step =
	| {readonly kind: 'rows'; readonly changes: ReadonlyArray<readonly [row: number, line: string]>}
	| {readonly kind: 'scroll'; readonly by: number}
	| {readonly kind: 'resize'; readonly size: Size}
	| {readonly kind: 'log'; readonly line: string};

const sgr = fc.constantFrom('1', '2', '3', '4', '7', '9', '53', '31', '92', '38;5;203', '38;2;10;20;30', '44', '105', '48;5;17', '48;2;200;100;0', '58;5;3', '1;2', '22', '39', '0');
const glyphs = fc.constantFrom(' ', ' ', 'a', 'b', 'Z', '7', '~', '─', '█', '⣿', '…', '✓', 'é', 'e\u{301}', 'ж', '日', '本', '한', '🦙', '🚀', 'ｱ');
const text = fc.array(glyphs, {maxLength: 12}).map(parts => parts.join(''));
const line = fc.array(fc.oneof(
	{weight: 2, arbitrary: text},
	{weight: 2, arbitrary: fc.tuple(sgr, text).map(([code, content]) => `\u{1B}[${code}m${content}\u{1B}[0m`)},
	{weight: 1, arbitrary: text.map(content => `\u{1B}]8;;https://example.org\u{1B}\\${content}\u{1B}]8;;\u{1B}\\`)},
), {maxLength: 6}).map(parts => parts.join(''));
const anySize = fc.record({columns: fc.integer({min: 8, max: 50}), rows: fc.integer({min: 2, max: 10})});
const changes = fc.array(fc.tuple(fc.nat(9), line), {minLength: 1, maxLength: 4});
const anyStep: fc.Arbitrary<Step> = fc.oneof(
	{weight: 6, arbitrary: fc.record({kind: fc.constant('rows' as const), changes})},
	{weight: 2, arbitrary: fc.record({kind: fc.constant('scroll' as const), by: fc.integer({min: 1, max: 3})})},
	{weight: 1, arbitrary: fc.record({kind: fc.constant('resize' as const), size: anySize})},
	{weight: 1, arbitrary: fc.record({kind: fc.constant('log' as const), line: fc.constantFrom('one line\n', 'two\nlines\n')})},
);

type ScreenProps = {
	readonly lines: readonly string[];
	/**
	Is given the way to write past the frame, as console.log takes it.
	*/
	readonly onStdout: (write: (data: string) => void) => void;
} & Size;

function Screen({lines, onStdout, columns, rows}: ScreenProps) {
	const {write} = useStdout();
	onStdout(write);
	return (
		<Box flexDirection='column' width={columns} height={rows} overflow='hidden'>
			{Array.from({length: rows}, (_, row) => <Text key={row} wrap='truncate'>{lines[row] ?? ''}</Text>)}
		</Box>
	);
}

/**
What can be seen of a cell: a blank has no colour of its own, no weight and no slant.
*/
function visible(cell: ScreenCell): Partial<ScreenCell> {
	if (cell.text !== ' ' || cell.inverse) {
		return cell;
	}

	const hasLine = cell.underline || cell.strikethrough || cell.overline;
	return {
		text: cell.text, width: cell.width, underline: cell.underline, strikethrough: cell.strikethrough, overline: cell.overline, background: cell.background, ...(hasLine && {foreground: cell.foreground}),
	};
}

function cells(terminal: FakeTerminal, {columns, rows}: Size): Array<Array<Partial<ScreenCell>>> {
	const row = (index: number) => Array.from({length: columns}, (_, column) => visible(terminal.cellAt(column, index)));
	return Array.from({length: rows}, (_, index) => row(index));
}

function start(size: Size, isDiffed: boolean) {
	const terminal = createFakeTerminal(size);
	const stdout = isDiffed ? new CellDiffStdout(terminal.stdout) : terminal.stdout;
	const lines: string[] = [];
	let log: (data: string) => void = () => undefined;
	const onStdout = (write: typeof log) => {
		log = write;
	};

	const draw = ({columns, rows}: Size) => <Screen lines={lines} onStdout={onStdout} columns={columns} rows={rows}/>;
	const instance = render(draw(size), {...terminal.renderOptions, stdout, alternateScreen: true});
	let current = size;
	return {
		terminal,
		instance,
		async apply(step: Step) {
			switch (step.kind) {
				case 'rows': {
					for (const [row, content] of step.changes) {
						lines[row] = content;
					}

					break;
				}

				case 'scroll': {
					lines.splice(0, step.by);

					break;
				}

				case 'resize': {
					current = step.size;
					terminal.resize(current.columns, current.rows);

					break;
				}

				default: {
					log(step.line);
				}
			}

			instance.rerender(draw(current));
			await instance.waitUntilRenderFlush();
			await terminal.settled();
			return current;
		},
	};
}

test('after any sequence of frames the screen equals Ink\'s own', async () => {
	await fc.assert(fc.asyncProperty(anySize, fc.array(anyStep, {minLength: 1, maxLength: 12}), async (initial, steps) => {
		const own = start(initial, false);
		const ours = start(initial, true);
		try {
			for (const step of steps) {
				// eslint-disable-next-line no-await-in-loop -- One after the other.
				const [current] = await Promise.all([own.apply(step), ours.apply(step)]);
				assert.deepEqual(cells(ours.terminal, current), cells(own.terminal, current));
			}
		} finally {
			own.instance.unmount();
			ours.instance.unmount();
			own.terminal.dispose();
			ours.terminal.dispose();
		}
	}), {numRuns: 100});
});
