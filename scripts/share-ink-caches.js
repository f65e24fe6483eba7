import {readFile} from 'node:fs/promises';
import path from 'node:path';

const outputReplacements = [
	// Each frame began with empty caches, and cut the same lines into the same characters again.
	['	caches = new OutputCaches();', '	caches = sharedCaches;'],
	['export default class Output {', 'const sharedCaches = new OutputCaches();\nexport default class Output {'],
	// What lives on needs a bound: far more lines than a screen has, far fewer than a long chat.
	['	getStyledChars(line) {', '	getStyledChars(line) {\n		if (this.styledChars.size > 1000) {\n			this.styledChars.clear();\n			this.widths.clear();\n			this.blockWidths.clear();\n			this.lines.clear();\n		}\n'],
	// A text was taken apart into its lines for each frame, and these put together again.
	['	blockWidths = new Map();', '	blockWidths = new Map();\n	lines = new Map();'],
	['		const characterLines = [[]];', '		let lines = this.caches.lines.get(text);\n		if (lines === undefined) {\n		const characterLines = [[]];'],
	['		let lines = characterLines.map(line => styledCharsToString(line));', '		lines = characterLines.map(line => styledCharsToString(line));\n		this.caches.lines.set(text, lines);\n		}'],
	// Cells are replaced, never changed, so all that are blank may be the same.
	['				row.push({\n					type: \'char\',\n					value: \' \',\n					fullWidth: false,\n					styles: [],\n				});', '				row.push(emptyCell);'],
	['const blankCell = ', 'const emptyCell = {type: \'char\', value: \' \', fullWidth: false, styles: []};\nconst blankCell = '],
];

const nodeReplacements = [
	// Measured when it was laid out, and measured again for each frame: `measureText` remembers.
	['import widestLine from \'widest-line\';', 'import measureText from \'./measure-text.js\';'],
	['const currentWidth = widestLine(text);', 'const currentWidth = measureText(text).width;'],
];

const textReplacements = [
	// Two times a frame, every text and every text that it is part of was searched for control characters.
	['import sanitizeAnsi from \'./sanitize-ansi.js\';', 'import QuickLRU from \'quick-lru\';\nimport sanitizeAnsi from \'./sanitize-ansi.js\';\nconst sanitizedTexts = new QuickLRU({maxSize: 4096});'],
	['	text = sanitizeAnsi(text.replaceAll(\'\\r\\n\', \'\\n\'));', '	let sanitized = sanitizedTexts.get(text);\n	if (sanitized === undefined) {\n		sanitized = sanitizeAnsi(text.replaceAll(\'\\r\\n\', \'\\n\'));\n		sanitizedTexts.set(text, sanitized);\n	}\n	text = sanitized;'],
];

const patches = new Map([
	['output.js', outputReplacements],
	['render-node-to-output.js', nodeReplacements],
	['squash-text-nodes.js', textReplacements],
]);

/**
An esbuild plugin that lets Ink remember from frame to frame how its lines fall into styled characters and how wide they are: two fifths of the time of a frame. The results are the same; only how long they are kept changes.

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
