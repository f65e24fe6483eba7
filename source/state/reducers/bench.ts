import {type BenchSettings} from '../../format/bench-settings.js';
import {usualBenchSettings} from '../../format/setting-numbers.js';
import {type BenchmarkProgress, type BenchmarkRun} from '../../types/benchmark.js';
import {type ErrorReport} from '../../types/error-report.js';
import {type Action} from '../actions.js';
import {
	clampList,
	followSelection,
	moveBy,
	moveTo,
	startOfList,
	type ListMove,
	type ListView,
} from '../list-view.js';
import {keepMarks, toggleMark} from '../marks.js';
import {benchModelRows, benchResultRows} from '../selectors/bench-layout.js';
import {type AppState} from '../state.js';

export type BenchFocus = 'models' | 'runs';

export type BenchState = {
	readonly focus: BenchFocus;
	/**
	Over the installed models.
	*/
	readonly models: ListView;
	/**
	The id of the selected one.
	*/
	readonly selectedModel?: string;
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
	/**
	What went wrong since the last request, models that could not be measured by name.
	*/
	readonly errors: readonly ErrorReport[];
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
	| {readonly type: 'bench/model-failed'; readonly modelId: string; readonly error: ErrorReport}
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
	errors: [],
};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceBench(bench: BenchState, action: Action, app: AppState): BenchState {
	const next = reduceLists(bench, action, app);
	if (next === bench && action.type !== 'screen/resized') {
		return bench;
	}

	const results = clampList(next.results, next.runs.length, benchResultRows(next, app.screen));
	return results === next.results ? next : {...next, results};
}

/**
What there is to measure, and what was measured.
*/
function reduceLists(bench: BenchState, action: Action, app: AppState): BenchState {
	switch (action.type) {
		case 'bench/load-succeeded': {
			return {...bench, runs: action.runs, settings: action.settings};
		}

		case 'bench/load-failed': {
			return {...bench, errors: [action.error]};
		}

		case 'bench/focused': {
			return {...bench, focus: action.focus};
		}

		case 'bench/list-moved': {
			return bench.focus === 'models'
				? selectModel(bench, moveBy(bench.models, action.move, app.library.models.length, benchModelRows(app.screen)), app)
				: {...bench, results: moveBy(bench.results, action.move, bench.runs.length, benchResultRows(bench, app.screen))};
		}

		case 'bench/marked': {
			return {...bench, marked: toggleMark(bench.marked, action.modelId)};
		}

		case 'bench/model-chosen': {
			const index = app.library.models.findIndex(({id}) => id === action.modelId);
			return selectModel({...bench, focus: 'models'}, moveTo(bench.models, index, app.library.models.length, benchModelRows(app.screen)), app);
		}

		case 'bench/settings-changed': {
			return {...bench, settings: action.settings};
		}

		case 'bench/deleted': {
			return {...bench, runs: bench.runs.filter(({id}) => id !== action.id)};
		}

		case 'screen/resized':
		case 'library/refresh-succeeded': {
			return followModel(bench, app);
		}

		default: {
			return reduceRun(bench, action, app);
		}
	}
}

function selectModel(bench: BenchState, models: ListView, app: AppState): BenchState {
	return {...bench, models, selectedModel: app.library.models[models.cursor]?.id};
}

/**
The selected model stays so wherever it went, and a mark goes with its model.
*/
function followModel(bench: BenchState, app: AppState): BenchState {
	const {models} = app.library;
	const {list, selectedKey} = followSelection({list: bench.models, selectedKey: bench.selectedModel ?? models[bench.models.cursor]?.id}, models, model => model?.id, benchModelRows(app.screen));
	const marked = keepMarks(bench.marked, new Set(models.map(({id}) => id)));
	return list === bench.models && selectedKey === bench.selectedModel && marked === bench.marked
		? bench
		: {
			...bench, models: list, selectedModel: selectedKey, marked,
		};
}

/**
From a request to its results. Progress of a run that is not under way is ignored.
*/
function reduceRun(bench: BenchState, action: Action, {library}: AppState): BenchState {
	switch (action.type) {
		case 'bench/run-requested': {
			return {
				...bench, errors: [], queue: action.modelIds, progress: undefined, marked: new Set(),
			};
		}

		case 'bench/run-started': {
			return {...bench, progress: undefined, queue: bench.queue.slice(Math.max(0, bench.queue.indexOf(action.modelId)))};
		}

		case 'bench/progressed': {
			return bench.queue.length > 0 ? {...bench, progress: action.progress} : bench;
		}

		case 'bench/measured': {
			const {results} = bench;
			return {
				...bench,
				runs: [action.run, ...bench.runs],
				// Who is reading a result goes on reading that one.
				results: bench.focus === 'runs' ? {cursor: results.cursor + 1, top: results.top + 1} : startOfList,
			};
		}

		case 'bench/model-failed': {
			const name = library.models.find(({id}) => id === action.modelId)?.name ?? action.modelId;
			return {...bench, progress: undefined, errors: [...bench.errors, {...action.error, message: `${name}: ${action.error.message}`}]};
		}

		case 'bench/run-succeeded':
		case 'bench/run-cancelled': {
			return {...bench, queue: [], progress: undefined};
		}

		case 'bench/run-failed': {
			return {
				...bench, queue: [], progress: undefined, errors: [...bench.errors, action.error],
			};
		}

		default: {
			return bench;
		}
	}
}
