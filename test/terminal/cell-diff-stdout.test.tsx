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
import {createFakeTerminal} from '../helpers/fake-terminal.js';
import {anyLine, anySize} from './helpers/arbitraries.js';
import {visibleCells} from './helpers/visible-cells.js';

type Size = {readonly columns: number; readonly rows: number};
type Step =
	| {readonly kind: 'rows'; readonly changes: ReadonlyArray<readonly [row: number, line: string]>}
	| {readonly kind: 'scroll'; readonly by: number}
	| {readonly kind: 'resize'; readonly size: Size}
	| {readonly kind: 'log'; readonly line: string};

const changes = fc.array(fc.tuple(fc.nat(9), anyLine), {minLength: 1, maxLength: 4});
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
			return visibleCells(terminal);
		},
	};
}

/**
Both screens after each step.
*/
async function play(initial: Size, steps: readonly Step[]) {
	const own = start(initial, false);
	const ours = start(initial, true);
	const screens: Array<{own: unknown; ours: unknown}> = [];
	for (const step of steps) {
		// eslint-disable-next-line no-await-in-loop -- One after the other.
		const [ownCells, ourCells] = await Promise.all([own.apply(step), ours.apply(step)]);
		screens.push({own: ownCells, ours: ourCells});
	}

	for (const {instance, terminal} of [own, ours]) {
		instance.unmount();
		terminal.dispose();
	}

	return screens;
}

test('after any sequence of frames the screen equals Ink\'s own', async () => {
	await fc.assert(fc.asyncProperty(anySize, fc.array(anyStep, {minLength: 1, maxLength: 12}), async (initial, steps) => {
		const screens = await play(initial, steps);
		assert.deepEqual(screens.map(({ours}) => ours), screens.map(({own}) => own));
	}), {numRuns: 60});
});
