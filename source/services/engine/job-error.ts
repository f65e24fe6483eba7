import {IntegrityError} from '../../errors/integrity-error.js';
import {MemoryError} from '../../errors/memory-error.js';
import {RemudaError} from '../../errors/remuda-error.js';
import {UsageError} from '../../errors/usage-error.js';
import {sanitizeLine, sanitizeText} from '../../format/sanitize.js';
import {HostFailureError} from './host-link.js';

const unknownArchitecture = /unknown (?:model )?architecture/iv;
// The line of llama.cpp's log that says why; the error itself only says that it did not work.
const loadingError = /error loading model: (?<reason>.+)/v;

/**
A model that does not fit, and why, without a full stop.
*/
export function memoryError(modelName: string, why: string, cause?: unknown): MemoryError {
	return new MemoryError(`${modelName} does not fit into memory: ${why}.`, {
		code: 'out_of_memory', hint: 'Close other programs, choose a smaller model or quantization, or lower engine.context_size.', cause,
	});
}

/**
A failed job of the engine host as an error for a person; anything else that was thrown, as it is.
*/
export function jobError(error: unknown, modelName: string): unknown {
	if (!(error instanceof HostFailureError)) {
		return error;
	}

	const {code, message, log} = error.failure;
	const what = sanitizeLine(message).slice(0, 500).replace(/\.$/v, '');
	const cause = new Error(sanitizeText(`${message}\n${log}`.trim()));
	switch (code) {
		case 'load_failed': {
			const lines = log.split('\n').map(line => loadingError.exec(line)?.groups!.reason);
			const reason = sanitizeLine(lines.findLast(line => line !== undefined) ?? what).slice(0, 300);
			return unknownArchitecture.test(log)
				? new IntegrityError(`${modelName} is not supported: ${reason}.`, {code: 'unsupported_model', hint: 'Choose another model, or a newer Remuda.', cause})
				: new IntegrityError(`${modelName} cannot be loaded: ${reason}.`, {
					code: 'broken_model', hint: 'Check the file with remuda cache verify, and download it again if it is broken.', cause,
				});
		}

		case 'out_of_memory': {
			return memoryError(modelName, what, cause);
		}

		case 'context_too_small': {
			return new UsageError(`The context of ${modelName} is too small: ${what}.`, {
				code: 'context_too_small', hint: 'Shorten the message, or raise engine.context_size as far as the model allows.', cause,
			});
		}

		case 'engine_missing': {
			return new RemudaError('The engine is not installed: there is no build of node-llama-cpp for this machine.', {
				code: 'engine_missing', hint: 'Install Remuda again without leaving out optional packages.', cause,
			});
		}

		case 'aborted':
		case 'failed': {
			return new RemudaError(`The engine could not do it: ${what}.`, {code: 'engine_failed', hint: 'Try again; if it stays so, choose another model.', cause});
		}
	}
}
