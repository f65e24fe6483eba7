import {type LoadPlan} from '../types/load-plan.js';
import {type PlanRequest} from '../services/load-plans/load-plans.js';
import {chatSettings} from '../services/load-plans/templates/chat-settings.js';
import {type Config} from '../types/config.js';
import {type FlagDefinitions, type Flags} from './command.js';
import {integerFlag, textFlag, valueFlag} from './flags.js';

const cacheTypes = ['f16', 'q8_0', 'q4_0'] as const;

/**
Flags of everything that loads a model; without them the plan stored for the model counts, then the config.
*/
export const planFlags: FlagDefinitions = {
	context: {type: 'string', placeholder: 'N', description: 'Tokens of context'},
	gpuLayers: {type: 'string', placeholder: 'N', description: 'Layers on the GPU; auto for as many as fit, 0 for none'},
	threads: {type: 'string', placeholder: 'N', description: 'Threads; all cores are slower than all but one'},
	kvCache: {type: 'string', placeholder: 'TYPE', description: 'Type of the KV cache: f16, q8_0 or q4_0'},
	batchSize: {type: 'string', placeholder: 'N', description: 'Tokens of a prompt that are computed at once'},
};

/**
The part of a plan that the flags give.
@throws ArgumentError `invalid_flag`.
*/
export function readPlanFlags(flags: Flags): Partial<LoadPlan> {
	const contextSize = integerFlag(flags, 'context', {minimum: 16, maximum: 16_777_216});
	const gpuLayers = valueFlag(flags, 'gpuLayers', {
		wanted: 'a whole number from 0 to 9999, or auto',
		read: text => text === 'auto' ? text : (/^\d{1,4}$/v.test(text) ? Number(text) : undefined),
	});
	const threads = integerFlag(flags, 'threads', {minimum: 1, maximum: 1024});
	const kvCacheType = valueFlag(flags, 'kvCache', {
		wanted: cacheTypes.join(', '),
		read: text => cacheTypes.find(type => type === text.toLowerCase()),
	});
	const batchSize = integerFlag(flags, 'batchSize', {minimum: 1, maximum: 16_384});
	return {
		...(contextSize !== undefined && {contextSize}),
		...(gpuLayers !== undefined && {gpuLayers}),
		...(threads !== undefined && {threads}),
		...(kvCacheType !== undefined && {kvCacheType}),
		...(batchSize !== undefined && {batchSize}),
	};
}

/**
What a chat asks for of the load plan, by its flags and its template.
*/
export function chatPlanRequest(flags: Flags, config: Pick<Config, 'chat' | 'templates'>): PlanRequest {
	return {explicit: readPlanFlags(flags), template: chatSettings(config, textFlag(flags, 'template')).plan};
}
