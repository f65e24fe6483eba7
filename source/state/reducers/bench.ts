import {type BenchSettings} from '../../format/bench-settings.js';
import {usualBenchSettings} from '../../format/setting-numbers.js';
import {type BenchmarkProgress, type BenchmarkRun} from '../../types/benchmark.js';
import {type ErrorReport} from '../../types/error-report.js';
import {type Action} from '../actions.js';
import {
	clampList,
	moveBy,
	moveTo,
	startOfList,
	type ListMove,
	type ListView,
} from '../list-view.js';
import {benchModelRows, benchRunRows} from '../selectors/layout.js';
import {type AppState} from '../state.js';

export type BenchFocus = 'models' | 'runs';

export type BenchState = {
	readonly focus: BenchFocus;
	/**
	Over the installed models.
	*/
	readonly models: ListView;
	/**
	Over the finished runs, newest first.
	*/
	readonly results: ListView;
	readonly runs: readonly BenchmarkRun[];
	readonly settings: BenchSettings;
	/**
	The models still to be measured, the one under way first.
	*/
	readonly queue: readonly string[];
	readonly progress?: BenchmarkProgress;
	/**
	Ids of models that go into the next run.
	*/
	readonly marked: ReadonlySet<string>;
	readonly error?: ErrorReport;
};

export type BenchAction =
	{readonly type: 'bench/load-requested'}
	| {readonly type: 'bench/load-succeeded'; readonly runs: readonly BenchmarkRun[]; readonly settings: BenchSettings}
	| {readonly type: 'bench/load-failed'; readonly error: ErrorReport}
	| {readonly type: 'bench/focused'; readonly focus: BenchFocus}
	| {readonly type: 'bench/list-moved'; readonly move: ListMove}
	| {readonly type: 'bench/marked'; readonly modelId: string}
	| {readonly type: 'bench/model-chosen'; readonly modelId: string}
	| {readonly type: 'bench/settings-changed'; readonly settings: BenchSettings}
	| {readonly type: 'bench/run-requested'; readonly modelIds: readonly string[]}
	| {readonly type: 'bench/run-started'; readonly modelId: string}
	| {readonly type: 'bench/progressed'; readonly progress: BenchmarkProgress}
	| {readonly type: 'bench/measured'; readonly run: BenchmarkRun}
	| {readonly type: 'bench/run-succeeded'}
	| {readonly type: 'bench/run-failed'; readonly error: ErrorReport}
	| {readonly type: 'bench/run-cancelled'}
	| {readonly type: 'bench/stop-requested'}
	| {readonly type: 'bench/delete-requested'; readonly id: string}
	| {readonly type: 'bench/deleted'; readonly id: string};

export const initialBench: BenchState = {
	focus: 'models',
	models: startOfList,
	results: startOfList,
	runs: [],
	settings: usualBenchSettings,
	queue: [],
	marked: new Set(),
};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceBench(bench: BenchState, action: Action, app: AppState): BenchState {
	switch (action.type) {
		case 'bench/load-succeeded': {
			return {...bench, runs: action.runs, settings: action.settings};
		}

		case 'bench/load-failed': {
			return {...bench, error: action.error};
		}

		case 'bench/focused': {
			return {...bench, focus: action.focus};
		}

		case 'bench/list-moved': {
			return bench.focus === 'models'
				? {...bench, models: moveBy(bench.models, action.move, app.library.models.length, benchModelRows(app.screen))}
				: {...bench, results: moveBy(bench.results, action.move, bench.runs.length, benchRunRows(app.screen))};
		}

		case 'bench/marked': {
			return {...bench, marked: toggle(bench.marked, action.modelId)};
		}

		case 'bench/model-chosen': {
			const index = app.library.models.findIndex(({id}) => id === action.modelId);
			return {...bench, focus: 'models', models: moveTo(bench.models, index, app.library.models.length, benchModelRows(app.screen))};
		}

		case 'bench/settings-changed': {
			return {...bench, settings: action.settings};
		}

		case 'bench/deleted': {
			const runs = bench.runs.filter(({id}) => id !== action.id);
			return {...bench, runs, results: clampList(bench.results, runs.length, benchRunRows(app.screen))};
		}

		case 'screen/resized':
		case 'library/refresh-succeeded': {
			return {
				...bench,
				models: clampList(bench.models, app.library.models.length, benchModelRows(app.screen)),
				results: clampList(bench.results, bench.runs.length, benchRunRows(app.screen)),
			};
		}

		default: {
			return reduceRun(bench, action);
		}
	}
}

/**
From a request to its results. Progress of a run that is not under way is ignored.
*/
function reduceRun(bench: BenchState, action: Action): BenchState {
	switch (action.type) {
		case 'bench/run-requested': {
			return {
				...bench, error: undefined, queue: action.modelIds, progress: undefined, marked: new Set(),
			};
		}

		case 'bench/run-started': {
			return {...bench, progress: undefined, queue: bench.queue.slice(Math.max(0, bench.queue.indexOf(action.modelId)))};
		}

		case 'bench/progressed': {
			return bench.queue.length > 0 ? {...bench, progress: action.progress} : bench;
		}

		case 'bench/measured': {
			return {...bench, runs: [action.run, ...bench.runs], results: startOfList};
		}

		case 'bench/run-succeeded':
		case 'bench/run-cancelled': {
			return {...bench, queue: [], progress: undefined};
		}

		case 'bench/run-failed': {
			return {
				...bench, queue: [], progress: undefined, error: action.error,
			};
		}

		default: {
			return bench;
		}
	}
}

function toggle(marked: ReadonlySet<string>, id: string): ReadonlySet<string> {
	const next = new Set(marked);
	if (!next.delete(id)) {
		next.add(id);
	}

	return next;
}
