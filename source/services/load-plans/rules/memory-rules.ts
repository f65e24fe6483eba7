import {formatBytes} from '../../../format/bytes.js';
import {formatInteger} from '../../../format/number.js';
import {largestContext} from '../../hardware/fit/largest-context.js';
import {heldBytesOf} from '../need-of.js';
import {type Rule} from './rule.js';

const contextFits: Rule = (plan, model, {memory, gpus, hasRoom}) => {
	// How much of it a GPU takes is not known before it is loaded.
	const isOpen = plan.gpuLayers === 'auto' && gpus?.length !== 0;
	const mapped = {...plan, memoryMap: true};
	const bytes = memory === undefined || isOpen || hasRoom === true ? 0 : heldBytesOf(model, mapped);
	if (memory === undefined || bytes <= memory.availableBytes) {
		return undefined;
	}

	const largest = largestContext(plan.contextSize, contextSize => heldBytesOf(model, {...mapped, contextSize}) <= memory.availableBytes);
	return {
		field: 'contextSize',
		severity: 'error',
		message: `A context of ${formatInteger(plan.contextSize)} tokens takes ${formatBytes(bytes)}, and ${formatBytes(memory.availableBytes)} of memory are available.`,
		suggestion: largest === 0 ? 'Choose a smaller model.' : `Take ${formatInteger(largest)} tokens or fewer.`,
		...(largest > 0 && {change: {contextSize: largest}}),
	};
};

const weightsFitUnmapped: Rule = (plan, model, {memory, hasRoom}) => {
	if (plan.memoryMap || memory === undefined || hasRoom === true) {
		return undefined;
	}

	const bytes = heldBytesOf(model, plan);
	return bytes <= memory.availableBytes
		? undefined
		: {
			field: 'memoryMap',
			severity: 'error',
			message: `Without memory mapping ${model.name} takes ${formatBytes(bytes)}, and ${formatBytes(memory.availableBytes)} are available.`,
			suggestion: 'Map the file: the system then keeps of it what there is room for.',
			change: {memoryMap: true},
		};
};

const lockedWeightsFit: Rule = ({memoryLock}, {name, weightBytes}, {memory}) => !memoryLock || memory === undefined || weightBytes <= memory.availableBytes
	? undefined
	: {
		field: 'memoryLock',
		severity: 'error',
		message: `${name} cannot be locked in memory: it takes ${formatBytes(weightBytes)}, and ${formatBytes(memory.availableBytes)} are available.`,
		suggestion: 'Leave it unlocked.',
		change: {memoryLock: false},
	};

const lockIsAllowed: Rule = ({memoryLock}, {weightBytes}, {lockLimitBytes}) => !memoryLock || lockLimitBytes === undefined || weightBytes <= lockLimitBytes
	? undefined
	: {
		field: 'memoryLock',
		severity: 'warning',
		message: `This user may lock ${formatBytes(lockLimitBytes)} in memory, and the weights take ${formatBytes(weightBytes)}: the rest stays unlocked.`,
		suggestion: 'Raise the limit (ulimit -l unlimited, or memlock in /etc/security/limits.conf), or leave it unlocked.',
		change: {memoryLock: false},
	};

export const memoryRules: readonly Rule[] = [contextFits, weightsFitUnmapped, lockedWeightsFit, lockIsAllowed];
