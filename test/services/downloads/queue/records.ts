import {type DownloadRecord} from '../../../../source/services/downloads/queue/download-record.js';

/**
A record of a download of two files.
*/
export function recordOf(change: Partial<DownloadRecord> = {}): DownloadRecord {
	return {
		id: 'm',
		order: 1,
		request: {
			ref: 'hf:owner/repo:Q4_K_M',
			modelId: 'm',
			name: 'M',
			source: 'hugging-face',
			repository: 'owner/repo',
			revision: 'main',
			quantization: 'Q4_K_M',
			files: [
				{path: 'm-00001-of-00002.gguf', sizeBytes: 1000, role: 'shard'},
				{path: 'm-00002-of-00002.gguf', sizeBytes: 500, role: 'shard'},
			],
		},
		status: 'pending',
		priority: 'normal',
		keepTrying: true,
		sizes: [1000, 500],
		events: [],
		activeSeconds: 0,
		fetchedBytes: 0,
		createdAt: '2026-05-05T12:00:00.000Z',
		...change,
	};
}
