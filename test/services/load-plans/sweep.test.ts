// What must hold of every plan, over machines and models that the examples elsewhere leave out.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {optimizePlan} from '../../../source/services/load-plans/optimize-plan.js';
import {needOf} from '../../../source/services/load-plans/need-of.js';
import {type PlanModel, planModelOfRegistry} from '../../../source/services/load-plans/plan-model.js';
import {loadRegistry} from '../../../source/services/registry/load-registry.js';
import {type HardwareReport} from '../../../source/types/hardware.js';
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

for (const [name, machine] of Object.entries(machines)) {
	test(`with ${name} plans have the room and the speed that they are said to`, () => {
		for (const model of models) {
			const [performance, memory, quality] = (['performance', 'memory', 'quality'] as const).map(goal => optimizePlan({model, machine, goal}));
			for (const optimized of [performance!, memory!, quality!]) {
				const {plan, verdict, findings, goal} = optimized;
				const label = `${model.id} for ${goal}`;
				assert.notEqual(verdict.level, 'less-context', label);
				assert.deepEqual(verdict.level === 'none' ? [] : findings.filter(({severity}) => severity === 'error'), [], label);
				assert.equal(plan.expertLayersInMemory, 0, label);
				const need = needOf(model, plan, machine.cpu);
				assert.deepEqual([need.gpuBytes, need.memoryBytes], [verdict.need.gpuBytes, verdict.need.memoryBytes], label);
				// A cache in fewer bits is really smaller.
				assert.ok(plan.kvCacheType === 'f16' || need.totalBytes < needOf(model, {...plan, kvCacheType: 'f16'}, machine.cpu).totalBytes, label);
			}

			const speedOf = ({verdict: {speed}}: NonNullable<typeof performance>): number => speed?.generationTokensPerSecond.expected ?? 0;
			const alone = optimizePlan({
				model, machine, goal: 'performance', constraints: {gpuLayers: 0},
			});
			for (const other of [memory!, quality!, alone].filter(({verdict}) => !['tight', 'none'].includes(verdict.level))) {
				assert.ok(speedOf(performance!) >= speedOf(other) * 0.95, `${model.id} for ${other.goal}`);
			}
		}
	});
}
