import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adaptPlan} from '../../../source/services/load-plans/adapt-plan.js';
import {type PlanMachine} from '../../../source/services/load-plans/plan-machine.js';
import {refuseErrors, validatePlan} from '../../../source/services/load-plans/validate-plan.js';
import {type LoadPlan} from '../../../source/types/load-plan.js';
import {
	card,
	denseModel,
	mixtureModel,
	usualPlan,
} from '../../helpers/plans.js';

const machine: PlanMachine = {cpu: {logicalCores: 8}, memory: {totalBytes: 32e9, availableBytes: 24e9}, gpus: []};
const oddHeads = {...denseModel, architecture: {...denseModel.architecture!, keyLength: 80, valueLength: 80}};

test('a sound plan has no findings', () => {
	assert.deepEqual(validatePlan(usualPlan, denseModel, machine), []);
});

const cases: ReadonlyArray<readonly [what: string, changes: Partial<LoadPlan>, expected: readonly string[], model?: typeof denseModel, machine?: PlanMachine]> = [
	['no context', {contextSize: 0}, ['error contextSize', 'warning batchSize']],
	['half a token', {contextSize: 4096.5}, ['error contextSize']],
	['more context than trained', {contextSize: 140_000}, ['warning contextSize']],
	['a context larger than the memory', {contextSize: 131_072}, ['error contextSize'], denseModel, {...machine, memory: {totalBytes: 16e9, availableBytes: 10e9}}],
	['no batch', {batchSize: 0}, ['error batchSize']],
	['a tiny batch', {batchSize: 8}, ['warning batchSize']],
	['a batch larger than the context', {batchSize: 8192}, ['warning batchSize']],
	['no threads', {threads: 0}, ['error threads']],
	['all cores', {threads: 8}, ['warning threads']],
	['the one core there is', {threads: 1}, [], denseModel, {...machine, cpu: {logicalCores: 1}}],
	['more threads than cores', {threads: 32}, ['error threads']],
	['more threads than a container leaves', {threads: 4}, ['error threads'], denseModel, {...machine, cpu: {logicalCores: 64, usableCores: 2}}],
	['8 bits without flash attention', {kvCacheType: 'q8_0', flashAttention: false}, ['error kvCacheType']],
	['8 bits with flash attention', {kvCacheType: 'q8_0', flashAttention: 'auto'}, []],
	['8 bits with heads that are no multiple of a block', {kvCacheType: 'q8_0'}, ['error kvCacheType'], oddHeads],
	['4 bits', {kvCacheType: 'q4_0'}, ['warning kvCacheType']],
	['layers on a GPU that is not there', {gpuLayers: 20}, ['error gpuLayers']],
	['layers where it is not known whether there is a GPU', {gpuLayers: 20}, [], denseModel, {cpu: machine.cpu}],
	['more layers than there are', {gpuLayers: 99}, ['warning gpuLayers'], denseModel, {...machine, gpus: [card(24)]}],
	['half a layer', {gpuLayers: 1.5}, ['error gpuLayers'], denseModel, {...machine, gpus: [card(24)]}],
	['experts of a model without', {expertLayersInMemory: 3}, ['error expertLayersInMemory', 'warning expertLayersInMemory']],
	['experts', {expertLayersInMemory: 20}, ['warning expertLayersInMemory'], mixtureModel],
	['experts of more layers than there are', {expertLayersInMemory: 80}, ['error expertLayersInMemory', 'warning expertLayersInMemory'], mixtureModel],
	['unmapped weights that do not fit', {memoryMap: false}, ['error memoryMap'], denseModel, {...machine, memory: {totalBytes: 8e9, availableBytes: 4e9}}],
	['mapped weights that do not fit are allowed', {}, [], denseModel, {...machine, memory: {totalBytes: 8e9, availableBytes: 4e9}}],
	['locked weights that do not fit', {memoryLock: true}, ['error memoryLock'], denseModel, {...machine, memory: {totalBytes: 8e9, availableBytes: 4e9}}],
	['a lock beyond what the system allows', {memoryLock: true}, ['warning memoryLock'], denseModel, {...machine, lockLimitBytes: 8_388_608}],
];

for (const [what, changes, expected, model = denseModel, on = machine] of cases) {
	test(`finds ${what}: [${expected.join(', ')}]`, () => {
		const findings = validatePlan({...usualPlan, ...changes}, model, on);
		assert.deepEqual(findings.map(({severity, field}) => `${severity} ${field}`), expected);
		assert.ok(findings.every(({message, suggestion}) => message.endsWith('.') && suggestion.endsWith('.')));
	});
}

for (const [what, changes, expected, model = denseModel, on = machine] of cases) {
	test(`puts ${what} right as it says itself`, () => {
		const {plan, adapted} = adaptPlan({...usualPlan, ...changes}, model, on);
		assert.deepEqual(validatePlan(plan, model, on).filter(({severity}) => severity === 'error'), []);
		assert.equal(adapted.length, expected.filter(finding => finding.startsWith('error')).length);
	});
}

test('what the user gave is not adapted', () => {
	const {plan, adapted} = adaptPlan({...usualPlan, threads: 32, gpuLayers: 20}, denseModel, machine, new Set(['threads']));
	assert.equal(plan.threads, 32);
	assert.equal(plan.gpuLayers, 0);
	assert.deepEqual(adapted.map(({field}) => field), ['gpuLayers']);
});

test('all errors are told at once', () => {
	assert.throws(() => {
		refuseErrors(validatePlan({
			...usualPlan, threads: 32, gpuLayers: 20, kvCacheType: 'q8_0', flashAttention: false,
		}, denseModel, machine), 'Dense');
	}, {
		code: 'invalid_plan', exitCode: 2, message: /32 threads.*flash attention.*20 layers/v, hint: /Take 1 to 7.*f16.*Take 0/v,
	});
});
