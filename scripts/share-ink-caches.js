import {readFile} from 'node:fs/promises';
import path from 'node:path';

// What lives on needs a bound: far more than a screen has, far less than a long chat.
const outputReplacements = [
	// Each frame began with empty caches, and cut the same lines into the same characters again.
	['	caches = new OutputCaches();', '	caches = sharedCaches;'],
	['export default class Output {', 'const sharedCaches = new OutputCaches();\nexport default class Output {'],
	['	blockWidths = new Map();', '	blockWidths = new Map();\n	lines = new Map();'],
	[
		'	getStyledChars(line) {',
		`	getStyledChars(line) {
		if (this.styledChars.size > 1000) {
			for (const cache of [this.styledChars, this.widths, this.blockWidths, this.lines]) {
				cache.clear();
			}
		}
`,
	],
	// Each text was taken apart into its lines, and these were put together again.
	[
		'		const characterLines = [[]];',
		`		let lines = this.caches.lines.get(text);
		if (lines === undefined) {
		const characterLines = [[]];`,
	],
	[
		'		let lines = characterLines.map(line => styledCharsToString(line));',
		`		lines = characterLines.map(line => styledCharsToString(line));
		this.caches.lines.set(text, lines);
		}`,
	],
	// Cells are replaced, never changed, so all that are blank may be one.
	['const blankCell = ', 'const emptyCell = {type: \'char\', value: \' \', fullWidth: false, styles: []};\nconst blankCell = '],
	[
		`				row.push({
					type: 'char',
					value: ' ',
					fullWidth: false,
					styles: [],
				});`,
		'				row.push(emptyCell);',
	],
];

const nodeReplacements = [
	// Measured when it was laid out, and measured again for each frame: `measureText` remembers.
	['import widestLine from \'widest-line\';', 'import measureText from \'./measure-text.js\';'],
	['const currentWidth = widestLine(text);', 'const currentWidth = measureText(text).width;'],
];

const textReplacements = [
	// Every text, and every text that it is part of, was searched for control characters when it was laid out and when it was drawn.
	[
		'import sanitizeAnsi from \'./sanitize-ansi.js\';',
		`import QuickLRU from 'quick-lru';
import sanitizeAnsi from './sanitize-ansi.js';
const sanitizedTexts = new QuickLRU({maxSize: 4096});`,
	],
	[
		String.raw`	text = sanitizeAnsi(text.replaceAll('\r\n', '\n'));`,
		String.raw`	let sanitized = sanitizedTexts.get(text);
	if (sanitized === undefined) {
		sanitized = sanitizeAnsi(text.replaceAll('\r\n', '\n'));
		sanitizedTexts.set(text, sanitized);
	}
	text = sanitized;`,
	],
];

const patches = new Map([
	['output.js', outputReplacements],
	['render-node-to-output.js', nodeReplacements],
	['squash-text-nodes.js', textReplacements],
]);

/**
An esbuild plugin that lets Ink remember from frame to frame how its lines fall into styled characters, how wide they are and what of a text may be drawn: more than half of the time of a frame. The results are the same; only how long they are kept changes.

@throws {Error} In a build with an Ink whose source is not the one that this was made for.
*/
export const shareInkCaches = {
	name: 'share-ink-caches',
	setup(build) {
		// eslint-disable-next-line require-unicode-regexp -- Read by Go, which knows no flags.
		build.onLoad({filter: /[/\\]ink[/\\]build[/\\](?:(?:render-node-to-)?output|squash-text-nodes)\.js$/}, async ({path: file}) => {
			const source = await readFile(file, 'utf8');
			const name = path.basename(file);
			let contents = source.replaceAll(/^(?: {4})+/gmv, indentation => '\t'.repeat(indentation.length / 4));
			for (const [original, replacement] of patches.get(name)) {
				if (contents.split(original).length !== 2) {
					throw new Error(`Ink's ${name} has changed: ${original.trim()} is not there once.`);
				}

				contents = contents.split(original).join(replacement);
			}

			return {contents};
		});
	},
};
