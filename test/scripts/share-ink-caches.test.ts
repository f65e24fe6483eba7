import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {build, type Plugin} from 'esbuild';
import fc from 'fast-check';
import {temporaryFolder} from '../helpers/temporary-folder.js';
import {anyDoubtfulLine} from '../terminal/helpers/arbitraries.js';

type Clip = {readonly x1: number; readonly x2: number; readonly y1: number; readonly y2: number};
type Output = {
	write(x: number, y: number, text: string, options: {transformers: never[]}): void;
	clip(clip: Clip): void;
	unclip(): void;
	get(): {output: string; height: number};
};
type OutputModule = {readonly default: new (size: {width: number; height: number}) => Output};
type TextNode = {readonly nodeName: '#text'; readonly nodeValue: string} | {readonly nodeName: 'ink-text' | 'ink-virtual-text'; readonly childNodes: readonly TextNode[]};
type SquashModule = {readonly default: (node: TextNode) => string};

const {shareInkCaches} = await import(pathToFileURL('scripts/share-ink-caches.js').href) as {shareInkCaches: Plugin};

async function load<Module = OutputModule>(folder: string, name: string, plugins: Plugin[], entry = 'output.js'): Promise<Module> {
	const outfile = path.join(folder, name);
	await build({
		entryPoints: [`node_modules/ink/build/${entry}`], outfile, bundle: true, format: 'esm', platform: 'node', plugins,
	});
	return await import(pathToFileURL(outfile).href) as Module;
}

const anyPlace = fc.record({x: fc.integer({min: -3, max: 30}), y: fc.integer({min: -1, max: 6})});
const anyText = fc.array(anyDoubtfulLine, {minLength: 1, maxLength: 3}).map(lines => lines.join('\n'));
const anyClip = fc.record({
	x1: fc.nat(10), x2: fc.integer({min: 5, max: 40}), y1: fc.nat(3), y2: fc.integer({min: 2, max: 6}),
});
const anyOperation = fc.record({place: anyPlace, text: anyText, clip: fc.option(anyClip)});
const anyFrame = fc.array(anyOperation, {maxLength: 6});

test('frames are the same, whatever was drawn before', async () => {
	await using folder = await temporaryFolder();
	const [{default: Own}, {default: Shared}] = await Promise.all([load(folder.path, 'own.mjs', []), load(folder.path, 'shared.mjs', [shareInkCaches])]);
	fc.assert(fc.property(anyFrame, operations => {
		// The second time, all of it is remembered.
		const outputs = [Own, Shared, Shared].map(Output => {
			const output = new Output({width: 40, height: 6});
			for (const {place, text, clip} of operations) {
				if (clip) {
					output.clip(clip);
				}

				output.write(place.x, place.y, text, {transformers: []});
				if (clip) {
					output.unclip();
				}
			}

			return output.get();
		});
		assert.deepEqual(outputs[1], outputs[0]);
		assert.deepEqual(outputs[2], outputs[0]);
	}), {numRuns: 500});
});

test('texts are the same, whatever was squashed before', async () => {
	await using folder = await temporaryFolder();
	const [{default: own}, {default: shared}] = await Promise.all([
		load<SquashModule>(folder.path, 'own.mjs', [], 'squash-text-nodes.js'),
		load<SquashModule>(folder.path, 'shared.mjs', [shareInkCaches], 'squash-text-nodes.js'),
	]);
	const anyPiece = fc.oneof(anyText, fc.constantFrom('a\r\nb', 'a\tb', '\u{1B}[31mred\u{1B}[39m', '\u{7}', '\u{9B}1m', '\u{1B}]8;;https://a\u{7}b\u{1B}]8;;\u{7}', ''));
	const anyNode = fc.array(fc.tuple(anyPiece, fc.boolean()), {maxLength: 4}).map((pieces): TextNode => ({
		nodeName: 'ink-text',
		childNodes: pieces.map(([nodeValue, isNested]) => {
			const text: TextNode = {nodeName: '#text', nodeValue};
			return isNested ? {nodeName: 'ink-virtual-text', childNodes: [text]} : text;
		}),
	}));
	fc.assert(fc.property(anyNode, node => {
		const expected = own(node);
		assert.equal(shared(node), expected);
		assert.equal(shared(node), expected);
	}), {numRuns: 500});
});

test('what has been remembered is forgotten before it grows large', async () => {
	await using folder = await temporaryFolder();
	const {default: Shared} = await load(folder.path, 'shared.mjs', [shareInkCaches]);
	const output = new Shared({width: 20, height: 1}) as Output & {caches: Record<'styledChars' | 'lines', Map<string, unknown>>};
	for (let count = 0; count < 3000; count++) {
		output.write(0, 0, `line ${count}`, {transformers: []});
	}

	assert.match(output.get().output, /line 2999/v);
	const sizes = [output.caches.styledChars.size, output.caches.lines.size];
	assert.ok(Math.min(...sizes) > 0);
	assert.ok(Math.max(...sizes) <= 1001);
});
