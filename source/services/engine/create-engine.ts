import process from 'node:process';
import {InterruptedError} from '../../errors/interrupted-error.js';
import {type Abortable} from '../../types/abortable.js';
import {type Config} from '../../types/config.js';
import {createTurns} from '../flow/turns.js';
import {readMemory} from '../hardware/read-memory.js';
import {createSession, type OwnedSession} from './create-session.js';
import {type Engine} from './engine.js';
import {emptyResult} from './generation.js';
import {type HostProgram, locateHostProgram} from './host-program.js';
import {detectSandbox, type Sandbox} from './sandbox.js';

/**
The engine, whose host is started with the first model that is loaded. Calls take turns; one that has to wait does so without an error.
*/
export function createEngine({settings, program = locateHostProgram(), readAvailableMemory = readAvailable}: {
	/**
	Read anew at every load.
	*/
	readonly settings: () => Config['engine'];
	readonly program?: HostProgram;
	/**
	Bytes of main memory that a model may take; as a fit reckons unless something else is given.
	*/
	readonly readAvailableMemory?: () => Promise<number>;
}): Engine {
	const turns = createTurns();
	const closing = new AbortController();
	let sandbox: {readonly mode: Config['engine']['sandbox']; readonly found: Promise<Sandbox>} | undefined;

	const findSandbox = async (): Promise<Sandbox> => {
		const mode = settings().sandbox;
		if (sandbox?.mode !== mode) {
			sandbox = {mode, found: detectSandbox({mode, platform: process.platform, environment: process.env})};
		}

		return sandbox.found;
	};

	const session = endingWith(closing.signal, createSession({
		settings, program, findSandbox, readAvailableMemory,
	}));

	const inTurn = async <Result>({signal}: Abortable, work: () => Promise<Result>): Promise<Result> => turns.inTurn(work, {signal: AbortSignal.any([signal, closing.signal])});

	return {
		async sandbox() {
			const {report} = await findSandbox();
			return report;
		},
		loaded: session.loaded,
		load: async (model, options) => inTurn(options, async () => session.load(model, options)),
		async generate(request, options) {
			try {
				return await inTurn(options, async () => session.generate(request, options));
			} catch (error) {
				// Aborted while it waited.
				if (options.signal.aborted && error === options.signal.reason) {
					return emptyResult(session.loaded()?.plan.contextSize ?? 0);
				}

				throw error;
			}
		},
		measure: async (request, options) => inTurn(options, async () => session.measure(request, options)),
		peakMemoryBytes: session.peakMemoryBytes,
		unload: async () => turns.inTurn(session.unload),
		exclusive: async (work, options) => inTurn(options, async () => work(session)),
		async close() {
			const because = new InterruptedError('The engine was closed.');
			closing.abort(because);
			await session.end(because);
			// A load that was under way ends its host by itself.
			await turns.inTurn(async () => session.end(because));
		},
	};
}

async function readAvailable(): Promise<number> {
	const {memory} = await readMemory('/');
	return memory.availableBytes;
}

/**
A session whose calls also end, with an error, when `closing` is aborted.
*/
function endingWith(closing: AbortSignal, session: OwnedSession): OwnedSession {
	const either = <Options extends Abortable>(options: Options): Options => ({...options, signal: AbortSignal.any([options.signal, closing])});
	return {
		...session,
		load: async (model, options) => session.load(model, either(options)),
		async generate(request, options) {
			const result = await session.generate(request, either(options));
			// The caller did not ask for an end.
			if (!options.signal.aborted) {
				closing.throwIfAborted();
			}

			return result;
		},
		measure: async (request, options) => session.measure(request, either(options)),
	};
}
