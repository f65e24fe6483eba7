import {InterruptedError} from '../../../errors/interrupted-error.js';

/**
Why a run is stopped: because the program ends, to let another one go first, or by the user.
*/
export type Intent = 'close' | 'yield' | 'pause' | 'cancel';

type Run = {
	readonly controller: AbortController;
	readonly finished: Promise<void>;
	intent?: Intent;
};

// What somebody wanted before is not undone by less.
const strength: readonly Intent[] = ['close', 'yield', 'pause', 'cancel'];

/**
The runs under way, at most one for each download.
*/
export class RunList {
	readonly #runs = new Map<string, Run>();

	get size(): number {
		return this.#runs.size;
	}

	/**
	How many were told to stop and have not yet.
	*/
	get stopping(): number {
		return this.#runs.values().filter(({intent}) => intent !== undefined).toArray().length;
	}

	has(id: string): boolean {
		return this.#runs.has(id);
	}

	intentOf(id: string): Intent | undefined {
		return this.#runs.get(id)?.intent;
	}

	/**
	Whether it runs and was not told to stop.
	*/
	isGoingOn(id: string): boolean {
		const run = this.#runs.get(id);
		return run !== undefined && run.intent === undefined;
	}

	/**
	Begins a run; `execute` never rejects, and `onEnd` is called once the run is off the list.
	*/
	begin(id: string, execute: (signal: AbortSignal) => Promise<void>, onEnd: () => void): void {
		const controller = new AbortController();
		const finished = (async () => {
			// It is listed first: whoever looks for it finds it.
			await Promise.resolve();
			await execute(controller.signal);
			this.#runs.delete(id);
			onEnd();
		})();
		this.#runs.set(id, {controller, finished});
	}

	interrupt(id: string, intent: Intent): void {
		const run = this.#runs.get(id);
		if (run === undefined) {
			return;
		}

		if (run.intent === undefined || strength.indexOf(intent) > strength.indexOf(run.intent)) {
			run.intent = intent;
		}

		run.controller.abort(new InterruptedError());
	}

	/**
	Resolves once no run of the download is under way.
	*/
	async idle(id: string): Promise<void> {
		await this.#runs.get(id)?.finished;
	}

	/**
	Ends them all.
	*/
	async close(): Promise<void> {
		for (const id of this.#runs.keys()) {
			this.interrupt(id, 'close');
		}

		await Promise.all(this.#runs.values().map(async ({finished}) => finished));
	}
}
