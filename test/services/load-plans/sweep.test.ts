// What must hold of every plan, over machines and models that the examples elsewhere leave out.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {optimizePlan} from '../../../source/services/load-plans/optimize-plan.js';
import {needOf} from '../../../source/services/load-plans/need-of.js';
import {type PlanModel, planModelOfRegistry} from '../../../source/services/load-plans/plan-model.js';
import {loadRegistry} from '../../../source/services/registry/load-registry.js';
import {type HardwareReport} from '../../../source/types/hardware.js';
import {type OptimizedPlan} from '../../../source/types/plan-judgement.js';
import {planMachine} from '../../helpers/load-plans.js';
import {card, mixtureModel} from '../../helpers/plans.js';

const gigabyte = 1e9;
const machineWith = (available: number, vram: readonly number[] = [], name = 'GeForce RTX 3090', bandwidth = 936e9): HardwareReport => ({
	...planMachine,
	memory: {...planMachine.memory, totalBytes: available * gigabyte * 1.2, availableBytes: available * gigabyte},
	gpus: vram.map(size => ({...card(size), name, bandwidthBytesPerSecond: bandwidth})),
});
const machines: Readonly<Record<string, HardwareReport>> = {
	'no GPU, 4 GB': machineWith(4),
	'no GPU, 16 GB': machineWith(16),
	'a slow card of 8 GB, 64 GB': machineWith(64, [8], 'GeForce RTX 3050 8 GB', 224e9),
	'a card of 12 GB, 32 GB': machineWith(32, [12]),
	'two cards of 24 GB, 64 GB': machineWith(64, [24, 24]),
};

const {models: registryModels} = await loadRegistry(fileURLToPath(new URL('../../../registry.json', import.meta.url)));
const ids = new Set(['gemma-3-4b-q4', 'qwen3-4b-q4', 'qwen3-vl-4b-q4', 'deepseek-coder-v2-lite-q4', 'glm-4.7-flash-q4', 'llama-3.3-70b-q4', 'gpt-oss-120b-mxfp4', 'llama-3.1-8b-q4']);
const models: readonly PlanModel[] = [...registryModels.filter(({id}) => ids.has(id)).map(model => planModelOfRegistry(model)), mixtureModel];

test('the models of the sweep are in the registry', () => {
	assert.deepEqual(models.map(({id}) => id).toSorted(), [...ids, mixtureModel.id].toSorted());
});

const goals = ['performance', 'memory', 'quality'] as const;

/**
What contradicts itself in the plans for one model on one machine.
*/
function problemsOf(model: PlanModel, machine: HardwareReport): readonly string[] {
	const plans = goals.map(goal => optimizePlan({model, machine, goal}));
	const alone = optimizePlan({
		model, machine, goal: 'performance', constraints: {gpuLayers: 0},
	});
	const speedOf = ({verdict: {speed}}: OptimizedPlan): number => speed?.generationTokensPerSecond.expected ?? 0;
	const others = [...plans, alone].filter(({verdict}) => !['tight', 'none'].includes(verdict.level));
	return [
		...plans.flatMap(optimized => contradictionsIn(optimized, model, machine).map(text => `${model.id} for ${optimized.goal}: ${text}`)),
		...others.filter(other => speedOf(plans[0]!) < speedOf(other) * 0.95).map(({goal}) => `${model.id}: the plan for performance is slower than one for ${goal}`),
	];
}

function contradictionsIn({plan, verdict, findings}: OptimizedPlan, model: PlanModel, machine: HardwareReport): readonly string[] {
	const need = needOf(model, plan, machine.cpu);
	const in16Bits = needOf(model, {...plan, kvCacheType: 'f16'}, machine.cpu);
	const rules: ReadonlyArray<readonly [isBroken: boolean, text: string]> = [
		[verdict.level === 'less-context', 'the context has no room'],
		[verdict.level !== 'none' && findings.some(({severity}) => severity === 'error'), 'it is wrong by its own rules'],
		[plan.expertLayersInMemory > 0, 'it places experts where the engine does not'],
		[need.gpuBytes !== verdict.need.gpuBytes || need.memoryBytes !== verdict.need.memoryBytes, 'the plan and its verdict take different sums'],
		[plan.kvCacheType !== 'f16' && need.totalBytes >= in16Bits.totalBytes, 'fewer bits save nothing'],
	];
	return rules.filter(([isBroken]) => isBroken).map(([, text]) => text);
}

for (const [name, machine] of Object.entries(machines)) {
	test(`with ${name} plans have the room and the speed that they are said to`, () => {
		assert.deepEqual(models.flatMap(model => problemsOf(model, machine)), []);
	});
}
