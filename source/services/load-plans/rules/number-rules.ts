import {formatInteger} from '../../../format/number.js';
import {coresOf} from '../plan-machine.js';
import {type Rule} from './rule.js';

const leastContext = 16;

const contextIsANumber: Rule = ({contextSize}) => Number.isSafeInteger(contextSize) && contextSize >= leastContext
	? undefined
	: {
		field: 'contextSize',
		severity: 'error',
		message: `A context of ${contextSize} tokens is none.`,
		suggestion: 'Take 2,048 tokens or more.',
		change: {contextSize: 2048},
	};

const contextIsTrained: Rule = ({contextSize}, {name, contextLength}) => contextLength === undefined || contextLength < 1 || contextSize <= contextLength
	? undefined
	: {
		field: 'contextSize',
		severity: 'warning',
		message: `${name} was trained for ${formatInteger(contextLength)} tokens, and gets no larger context.`,
		suggestion: `Take ${formatInteger(contextLength)} tokens.`,
		change: {contextSize: contextLength},
	};

const batchIsANumber: Rule = ({batchSize}) => Number.isSafeInteger(batchSize) && batchSize >= 1
	? undefined
	: {
		field: 'batchSize',
		severity: 'error',
		message: `A batch of ${batchSize} tokens is none.`,
		suggestion: 'Take 512 tokens.',
		change: {batchSize: 512},
	};

const batchFitsContext: Rule = ({batchSize, contextSize}) => batchSize <= contextSize
	? undefined
	: {
		field: 'batchSize',
		severity: 'warning',
		message: `A batch of ${formatInteger(batchSize)} tokens is larger than the context, and is cut to it.`,
		suggestion: `Take ${formatInteger(contextSize)} tokens or fewer.`,
		change: {batchSize: contextSize},
	};

const batchIsNotTiny: Rule = ({batchSize, contextSize}) => batchSize < 1 || batchSize >= 32 || contextSize < 32
	? undefined
	: {
		field: 'batchSize',
		severity: 'warning',
		message: `With batches of ${batchSize} tokens a prompt is read slowly.`,
		suggestion: 'Take 64 tokens or more.',
		change: {batchSize: 64},
	};

const threadsAreThere: Rule = ({threads}, _model, machine) => {
	const cores = coresOf(machine);
	const most = Math.max(1, cores - 1);
	const change = {threads: most};
	const suggestion = most === 1 ? 'Take 1.' : `Take 1 to ${formatInteger(most)}.`;
	if (!Number.isSafeInteger(threads) || threads < 1) {
		return {
			field: 'threads', severity: 'error', message: `${threads} threads are none.`, suggestion, change,
		};
	}

	if (threads > cores) {
		return {
			field: 'threads',
			severity: 'error',
			message: `${formatInteger(threads)} threads would share ${formatInteger(cores)} ${cores === 1 ? 'core' : 'cores'}, which takes nearly all speed.`,
			suggestion,
			change,
		};
	}

	// A machine of one core has no fewer.
	return threads === cores && cores > 1
		? {
			field: 'threads', severity: 'warning', message: 'With a thread on every core, generation loses up to two thirds of its speed.', suggestion: `Take ${most}.`, change,
		}
		: undefined;
};

export const numberRules: readonly Rule[] = [contextIsANumber, contextIsTrained, batchIsANumber, batchFitsContext, batchIsNotTiny, threadsAreThere];
