import process from 'node:process';
import {type HostEvent, type HostRequest} from '../protocol.js';
import {describeFailure, HostError} from './failures.js';
import {type Chat, generate} from './generate.js';
import {loadModel} from './load-model.js';
import {type Log} from './log.js';
import {measure} from './measure.js';

type Job = Exclude<HostRequest, {type: 'abort' | 'shutdown'}>;

type JobOptions = {
	readonly signal: AbortSignal;
	readonly send: (event: HostEvent) => void;
	readonly log: Log;
};

export type Jobs = {
	/**
	Does one job and answers it with `done` or `failed`; never rejects.
	*/
	readonly run: (job: Job) => Promise<void>;
	readonly abort: (id: number) => void;
	/**
	Frees the model.
	*/
	readonly dispose: () => Promise<void>;
};

/**
Does what the client asks for with the one model of this host.
*/
export function createJobs({send, log}: Omit<JobOptions, 'signal'>): Jobs {
	const running = new Map<number, AbortController>();
	let chat: Chat | undefined;

	const perform = async (job: Job, options: JobOptions): Promise<unknown> => {
		if (job.type === 'memory') {
			return {peakBytes: process.resourceUsage().maxRSS * 1024, residentBytes: process.memoryUsage.rss()};
		}

		if (job.type === 'load') {
			chat = await load(job, options);
			return chat.session.result;
		}

		if (!chat) {
			throw new HostError('failed', 'No model is loaded.');
		}

		return job.type === 'generate' ? answer(chat, job, options) : measureSpeed(chat, job, options);
	};

	return {
		async run(job) {
			const controller = new AbortController();
			const {id} = job;
			running.set(id, controller);
			log.clear();
			try {
				send({type: 'done', id, result: await perform(job, {signal: controller.signal, send, log})});
			} catch (error) {
				const text = log.text();
				send({
					type: 'failed', id, log: text, ...describeFailure(error, {log: text, fallback: job.type === 'load' ? 'load_failed' : 'failed'}),
				});
			} finally {
				running.delete(id);
			}
		},
		abort(id) {
			running.get(id)?.abort(new HostError('aborted', 'Aborted.'));
		},
		async dispose() {
			await chat?.session.model.llama.dispose();
		},
	};
}

async function load({id, modelPath, plan, heldBytes, availableBytes}: Extract<Job, {type: 'load'}>, {signal, send, log}: JobOptions): Promise<Chat> {
	const session = await loadModel(modelPath, plan, {
		heldBytes,
		availableBytes,
		log,
		signal,
		onProgress: sampled(fraction => {
			send({type: 'progress', id, fraction});
		}),
	});
	// It blocks for half a second: begin while the user still writes.
	setImmediate(() => {
		session.chat();
	});
	return {session};
}

/**
Tells ten times a second, and of the end: llama.cpp tells of every tensor, and each would be a frame of the app.
*/
function sampled(tell: (fraction: number) => void): (fraction: number) => void {
	let toldAt = -Infinity;
	return fraction => {
		const now = performance.now();
		if (fraction < 1 && now - toldAt < 100) {
			return;
		}

		toldAt = now;
		tell(fraction);
	};
}

async function answer(chat: Chat, {id, request}: Extract<Job, {type: 'generate'}>, {signal, send}: JobOptions): Promise<unknown> {
	return generate(chat, request, {
		signal,
		onProgress(text, generatedTokens, tokensPerSecond) {
			send({
				type: 'token', id, text, generatedTokens, ...(tokensPerSecond !== undefined && {tokensPerSecond}),
			});
		},
	});
}

async function measureSpeed(chat: Chat, job: Extract<Job, {type: 'measure'}>, {signal, send}: JobOptions): Promise<unknown> {
	chat.last = undefined;
	return measure(chat.session, job, {
		signal,
		onProgress(generatedTokens) {
			send({
				type: 'token', id: job.id, text: '', generatedTokens,
			});
		},
	});
}
