import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';

/**
The dependency rule of docs/architecture.md: arrows point down only.
A file outside every element, or an import that no rule allows, fails the lint.
*/
const layers = [
	['source/commands', 'commands'],
	['source/terminal', 'terminal'],
	['source/ui', 'ui'],
	['source/keys', 'keys'],
	['source/state/effects', 'effects'],
	['source/state', 'state'],
	['source/services/{downloads,inventory,bench,router,chat,doctor,providers}', 'services-upper'],
	['source/services/*', 'services-ground'],
	['source/services', 'services-root'],
	['source/errors', 'errors'],
	['source/format', 'format'],
	['source/types', 'types'],
	['source', 'cli'],
];

const allowed = {
	cli: ['commands', 'terminal', 'errors', 'format', 'types'],
	commands: ['commands', 'services-root', 'services-upper', 'services-ground', 'errors', 'format', 'types'],
	terminal: ['terminal', 'ui', 'effects', 'state', 'keys', 'services-root', 'services-upper', 'services-ground', 'errors', 'format', 'types'],
	ui: ['ui', 'state', 'keys', 'errors', 'format', 'types'],
	keys: ['keys', 'state', 'format', 'types'],
	effects: ['effects', 'state', 'services-root', 'services-upper', 'services-ground', 'errors', 'format', 'types'],
	state: ['state', 'format', 'types'],
	'services-root': ['services-root', 'services-upper', 'services-ground', 'errors', 'format', 'types'],
	'services-upper': ['services-upper', 'services-ground', 'errors', 'format', 'types'],
	'services-ground': ['services-ground', 'errors', 'format', 'types'],
	errors: ['errors', 'format', 'types'],
	format: ['format', 'types'],
	types: ['types'],
};

const onlyUserInterfaceDraws = {
	files: ['source/**'],
	ignores: ['source/ui/**', 'source/terminal/**'],
	rules: {
		'@typescript-eslint/no-restricted-imports': ['error', {
			paths: ['react', 'ink', 'ink-table'].map(name => ({name, message: 'Only source/ui and source/terminal draw.'})),
		}],
	},
};

const config = [
	{
		rules: {
			// Names on the wire and in files are snake_case.
			'@typescript-eslint/naming-convention': 'off',
			// A slice's reducer hears every action and names only those it reacts to.
			'@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
			// Order of conditions follows the thought.
			'unicorn/prefer-simple-condition-first': 'off',
			// Errors carry literal names, as ky's do.
			'@typescript-eslint/class-literal-property-style': 'off',
			// Doc comments quote @throws in one-line form.
			'jsdoc/escape-inline-tags': 'off',
		},
	},
	{ignores: ['distribution/**', 'media/**', 'starter-model/**', '.ci/**', 'package.json']},
	{
		plugins: {boundaries},
		files: ['source/**'],
		settings: {
			'boundaries/elements': layers.map(([pattern, type]) => ({type, pattern})),
			'import/resolver': {typescript: {alwaysTryTypes: true}},
		},
		rules: {
			'boundaries/no-unknown-files': 'error',
			'boundaries/dependencies': ['error', {
				default: 'disallow',
				policies: Object.entries(allowed).map(([from, types]) => ({
					from: {element: {type: from}},
					allow: types.map(type => ({to: {element: {type}}})),
				})),
			}],
		},
	},
	onlyUserInterfaceDraws,
	{
		files: ['test/**/*.{ts,tsx}', 'scripts/**', 'bench/**'],
		rules: {
			// It takes every file below test/ for a test; the helpers there are none, and the runner is given *.test.ts only.
			'node-test/no-import-test-files': 'off',
		},
	},
	{
		files: ['test/**/*.{ts,tsx}'],
		rules: {
			// The runner itself waits for what test() returns.
			'@typescript-eslint/no-floating-promises': ['error', {
				allowForKnownSafeCalls: [{from: 'package', package: 'node:test', name: ['test', 'suite', 'describe', 'it', 'before', 'after', 'beforeEach', 'afterEach']}],
			}],
		},
	},
	{
		plugins: {'react-hooks': reactHooks},
		files: ['source/ui/**', 'source/terminal/**', 'test/**/*.{ts,tsx}'],
		rules: {
			'react-hooks/rules-of-hooks': 'error',
			'react-hooks/exhaustive-deps': 'error',
		},
	},
];

export default config;
