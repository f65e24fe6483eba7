// Bundles the program: one file for the app and one for the engine host start a third faster than loose modules.
// The engine's packages stay outside, because they bring native binaries.
// An argument names another folder than `distribution` to build into.
import {chmod, rm} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {build} from 'esbuild';
import {shareInkCaches} from './share-ink-caches.js';

const [folder = 'distribution'] = process.argv.slice(2);
await rm(folder, {recursive: true, force: true});
await build({
	entryPoints: {
		cli: 'source/cli.ts',
		'downloads-worker': 'source/services/downloads/worker/downloads-worker.ts',
		'engine-host': 'source/services/engine/host/engine-host.ts',
		'hash-worker': 'source/services/downloads/hash/hash-worker.ts',
		'reading-worker': 'source/services/hardware/memory-bandwidth/reading-worker.ts',
	},
	outdir: folder,
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node22.19',
	jsx: 'automatic',
	minifySyntax: true,
	legalComments: 'none',
	define: {'process.env.NODE_ENV': '"production"'},
	plugins: [shareInkCaches],
	external: ['node-llama-cpp', 'better-sqlite3', 'bun:sqlite', 'react-devtools-core'],
	// Some bundled packages are CommonJS and ask for Node's own modules by require().
	banner: {js: 'import {createRequire as __createRequire} from \'node:module\';\nconst require = __createRequire(import.meta.url);'},
});
await chmod(path.join(folder, 'cli.js'), 0o755);
