import {type Download} from '../../../source/types/download.js';

/**
A download of one file as the queue shows it, with what a test wants different.
*/
export function aDownload({modelId = 'model', ref = modelId, repository = 'owner/model-GGUF', ...changes}: Partial<Download> & {
	readonly modelId?: string;
	readonly ref?: string;
	readonly repository?: string;
} = {}): Download {
	return {
		id: modelId,
		request: {
			ref,
			modelId,
			name: modelId,
			source: 'hugging-face',
			repository,
			revision: 'main',
			quantization: 'Q4_K_M',
			files: [{path: 'model.gguf', sizeBytes: 1000, role: 'model'}],
		},
		status: 'downloading',
		priority: 'normal',
		keepTrying: true,
		receivedBytes: 0,
		totalBytes: 1000,
		fetchedBytes: 0,
		resumedBytes: 0,
		hosts: [],
		connections: 0,
		retries: 0,
		files: [{path: 'model.gguf', sizeBytes: 1000, receivedBytes: 0}],
		segments: [],
		events: [],
		activeSeconds: 0,
		createdAt: '2026-01-01T00:00:00.000Z',
		...changes,
	};
}
