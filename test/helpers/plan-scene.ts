import {type Action} from '../../source/state/actions.js';
import {type LoadPlan} from '../../source/types/load-plan.js';
import {type PlanJudgement} from '../../source/types/plan-judgement.js';
import {installedModel, libraryOf} from './app-state.js';
import {speed, verdict} from './models.js';

export const plan: LoadPlan = {
	contextSize: 8192,
	gpuLayers: 29,
	batchSize: 512,
	threads: 15,
	kvCacheType: 'f16',
	flashAttention: 'auto',
	memoryMap: true,
	memoryLock: false,
	expertLayersInMemory: 0,
};

export const judgement: PlanJudgement = {verdict: {...verdict('gpu'), speed: speed(61)}, findings: [], warnings: []};

/**
The plan of an installed model, made and judged, over whatever tab is open.
*/
export const planScene: readonly Action[] = [
	libraryOf(installedModel({id: 'alpha', name: 'Alpha Coder 7B', quantization: 'Q4_K_M'})),
	{type: 'plans/opened', modelId: 'alpha', name: 'Alpha Coder 7B (Q4_K_M)'},
	{
		type: 'plans/proposed',
		modelId: 'alpha',
		proposal: {
			plan,
			reasons: {contextSize: 'Enough for a conversation with some text in it.', gpuLayers: 'The whole model has room on the GPU.'},
			recommendations: ['A cache in 8 bits would save 235 MB.'],
		},
		judgement,
	},
];
