import * as z from 'zod';

// The shapes that `--json` promises; strict, so that a field that comes or goes is noticed.

const errorFields = z.strictObject({code: z.string(), message: z.string(), hint: z.string().nullable()});

export const errorSchema = z.strictObject({error: errorFields});

const prunable = z.strictObject({id: z.string(), size_bytes: z.int(), last_used: z.iso.datetime().nullable()});

/**
An error that tells what could be removed to make room.
*/
const noRoomFields = errorFields.extend({
	code: z.literal('disk_full'), missing_bytes: z.int().min(1), prunable: z.array(prunable), prunable_bytes: z.int().min(0),
});

export const noRoomSchema = z.strictObject({error: noRoomFields});

const checksum = z.string().regex(/^sha256:[\da-f]{64}$/v);
const time = z.iso.datetime();
const bytes = z.int().min(0);

const fileSchema = z.strictObject({
	path: z.string(), size_bytes: bytes, checksum, role: z.enum(['model', 'shard', 'mmproj']),
});

export const installedSchema = z.strictObject({
	id: z.string(),
	ref: z.string(),
	name: z.string(),
	family: z.string().nullable(),
	quantization: z.string(),
	source: z.enum(['hugging-face', 'starter', 'file']),
	path: z.string(),
	files: z.array(fileSchema),
	size_bytes: bytes,
	checksum,
	license: z.string().nullable(),
	downloaded_at: time,
	last_used: time.nullable(),
	use_count: z.int().min(0),
	context_length: z.int().nullable(),
	parameters: z.int().nullable(),
});

export const registrySchema = z.strictObject({
	id: z.string(),
	ref: z.string(),
	name: z.string(),
	family: z.string(),
	parameters: z.int(),
	active_parameters: z.int().nullable(),
	quantization: z.string(),
	context_length: z.int(),
	size_bytes: bytes,
	size_exact: z.boolean(),
	ram_required_bytes: bytes,
	hugging_face_repo: z.string(),
	file_name: z.string(),
	checksum: checksum.nullable(),
	license: z.string(),
	recommended: z.boolean(),
	deprecated: z.boolean(),
	description: z.string(),
	tags: z.array(z.string()),
	version: z.string(),
	installed: z.boolean(),
});

const memoryLine = z.strictObject({
	label: z.string(),
	bytes,
	part: z.enum(['weights', 'experts', 'cache', 'state', 'compute', 'engine']),
	place: z.enum(['gpu', 'memory']),
});

export const fitSchema = z.strictObject({
	level: z.enum(['gpu', 'split', 'memory', 'tight', 'less-context', 'none']),
	need_bytes: bytes,
	gpu_bytes: bytes,
	memory_bytes: bytes,
	reclaimable_bytes: bytes,
	uncorrected_bytes: bytes.nullable(),
	correction_factor: z.number().nullable(),
	correction_loads: z.int().nullable(),
	need_lines: z.array(memoryLine),
	approximate: z.boolean(),
	available_bytes: bytes,
	margin_bytes: bytes,
	short_bytes: bytes,
	context_length: z.int(),
	wanted_context_length: z.int(),
	gpu_layers: z.int(),
	layer_count: z.int(),
	expert_layers_in_memory: z.int().nullable(),
	streamable: z.string().nullable(),
	reason: z.string(),
	advice: z.array(z.string()),
});

const searchResult = z.strictObject({
	ref: z.string(),
	repository: z.string(),
	downloads: z.int(),
	likes: z.int(),
	updated_at: time.nullable(),
	gated: z.boolean(),
	license: z.string().nullable(),
	tags: z.array(z.string()),
});

export const searchSchema = z.strictObject({query: z.string(), results: z.array(searchResult)});

const downloadStatus = z.enum(['pending', 'downloading', 'paused', 'verifying', 'completed', 'failed', 'cancelled']);

const receivedFile = z.strictObject({path: z.string(), size_bytes: bytes, received_bytes: bytes});

const transfer = {
	id: z.string(),
	ref: z.string(),
	status: downloadStatus,
	priority: z.enum(['high', 'normal', 'low']),
	received_bytes: bytes,
	total_bytes: bytes,
	fetched_bytes: bytes,
	resumed_bytes: bytes,
	bytes_per_second: z.number().nullable(),
	eta_seconds: z.number().nullable(),
	rate_limit: bytes.nullable(),
	start_at: time.nullable(),
	hours: z.string().regex(/^\d\d:\d\d-\d\d:\d\d$/v).nullable(),
	keep_trying: z.boolean(),
	connections: z.int().min(0),
	hosts: z.array(z.string()),
	activity: z.string().nullable(),
	retry_at: time.nullable(),
	retries: z.int().min(0),
	active_seconds: z.number().min(0),
	average_bytes_per_second: z.number().nullable(),
	files: z.array(receivedFile),
};

const completedDownload = {
	type: z.literal('completed'),
	path: z.string(),
	size_bytes: bytes,
	checksum,
};

export const downloadEventSchema = z.union([
	z.strictObject({type: z.literal('progress'), ...transfer}),
	z.strictObject({type: z.literal('restarted'), ...transfer, reason: z.string().nullable()}),
	z.strictObject({type: z.literal('queued'), ...transfer}),
	z.strictObject({...transfer, ...completedDownload, already_installed: z.literal(false)}),
	z.strictObject({
		...completedDownload,
		id: z.string(),
		ref: z.string(),
		status: z.literal('completed'),
		received_bytes: bytes,
		total_bytes: bytes,
		fetched_bytes: z.literal(0),
		resumed_bytes: z.literal(0),
		already_installed: z.literal(true),
	}),
	z.strictObject({type: z.literal('failed'), ref: z.string(), error: z.union([errorFields, noRoomFields])}),
]);

const downloadEvent = z.strictObject({at: time, text: z.string()});

const queuedDownload = z.strictObject({
	...transfer,
	name: z.string(),
	quantization: z.string(),
	repository: z.string(),
	license: z.string().nullable(),
	error: errorFields.nullable(),
	created_at: time,
	finished_at: time.nullable(),
	events: z.array(downloadEvent),
});

/**
`downloads list`: the totals are over all that is not done.
*/
export const downloadsSchema = z.strictObject({
	downloads: z.array(queuedDownload),
	received_bytes: bytes,
	total_bytes: bytes,
	bytes_per_second: z.number().min(0),
	connections: z.int().min(0),
	rate_limit: bytes.nullable(),
	quiet_hours: z.string().nullable(),
});

const changedDownload = z.strictObject({
	id: z.string(), ref: z.string().nullable(), status: downloadStatus.nullable(), error: z.union([errorFields, noRoomFields]).nullable(),
});

export const changedDownloadsSchema = z.strictObject({results: z.array(changedDownload)});

const loggedEvent = downloadEvent.extend({id: z.string(), ref: z.string()});

export const downloadLogSchema = z.strictObject({events: z.array(loggedEvent)});

export const watchEventSchema = z.discriminatedUnion('type', [
	z.strictObject({type: z.literal('progress'), ...transfer}),
	z.strictObject({type: z.literal('restarted'), ...transfer, reason: z.string().nullable()}),
	z.strictObject({type: z.literal('status'), ...transfer, error: errorFields.nullable()}),
	z.strictObject({type: z.literal('completed'), downloads: z.int().min(0)}),
	z.strictObject({type: z.literal('failed'), error: errorFields}),
]);

export const answerEventSchema = z.discriminatedUnion('type', [
	z.strictObject({type: z.literal('token'), text: z.string()}),
	z.strictObject({
		type: z.literal('completed'),
		model: z.string(),
		text: z.string(),
		stop_reason: z.enum(['end', 'length']),
		prompt_tokens: z.int(),
		generated_tokens: z.int(),
		prompt_tokens_per_second: z.number(),
		generation_tokens_per_second: z.number(),
		time_to_first_token_ms: z.number(),
		inter_token_latency_ms: z.number().nullable(),
		context_used: z.int(),
		context_size: z.int(),
	}),
	z.strictObject({type: z.literal('failed'), model: z.string(), error: errorFields}),
]);

const remoteFile = fileSchema.extend({checksum: checksum.nullable()});

const variantSchema = z.strictObject({
	ref: z.string(),
	quantization: z.string(),
	size_bytes: bytes,
	files: z.array(remoteFile),
	fit: fitSchema,
});

const repositorySchema = z.strictObject({
	ref: z.string(),
	repository: z.string(),
	revision: z.string(),
	downloads: z.int(),
	likes: z.int(),
	gated: z.boolean(),
	license: z.string().nullable(),
	tags: z.array(z.string()),
	updated_at: time.nullable(),
	architecture: z.string().nullable(),
	parameters: z.int().nullable(),
	context_length: z.int().nullable(),
});

export const infoSchema = z.strictObject({
	reference: z.string(),
	installed: installedSchema.nullable(),
	registry: registrySchema.nullable(),
	repository: repositorySchema.nullable(),
	fit: fitSchema.nullable(),
	variants: z.array(variantSchema),
});

const machine = {
	cpu: z.strictObject({
		model: z.string(),
		physical_cores: z.int().min(1),
		logical_cores: z.int().min(1),
		usable_cores: z.int().min(1),
		speed_ghz: z.number().nullable(),
		instruction_sets: z.array(z.string()),
	}),
	memory: z.strictObject({
		total_bytes: bytes,
		available_bytes: bytes,
		swap_total_bytes: bytes,
		swap_free_bytes: bytes,
		limit_bytes: bytes.nullable(),
		kind: z.string().nullable(),
		channels: z.int().nullable(),
		bandwidth_bytes_per_second: z.number().positive().nullable(),
		bandwidth_threads: z.int().nullable(),
		bandwidth_measured_at: time.nullable(),
		bandwidth_while_busy: z.boolean(),
	}),
	gpus: z.array(z.strictObject({
		name: z.string(),
		vendor: z.string(),
		vram_total_bytes: bytes.nullable(),
		vram_free_bytes: bytes.nullable(),
		unified_memory: z.boolean(),
		shared_memory_bytes: bytes.nullable(),
		bandwidth_bytes_per_second: z.number().positive().nullable(),
		driver: z.string().nullable(),
		compute_capability: z.string().nullable(),
		cores: z.int().nullable(),
		utilization_percent: z.number().nullable(),
		temperature_celsius: z.number().nullable(),
	})),
	disks: z.array(z.strictObject({
		mount: z.string(), kind: z.string().nullable(), medium: z.enum(['solid-state', 'spinning']).nullable(), total_bytes: bytes, free_bytes: bytes,
	})),
	operating_system: z.strictObject({
		platform: z.string(),
		name: z.string(),
		release: z.string(),
		architecture: z.string(),
		hostname: z.string(),
	}),
	virtualization: z.array(z.strictObject({kind: z.enum(['machine', 'container', 'wsl']), name: z.string()})).nullable(),
	thermal: z.strictObject({cpu_celsius: z.number().nullable(), throttled: z.boolean().nullable()}).nullable(),
	warnings: z.array(z.string()),
	simulated: z.strictObject({description: z.string(), assumptions: z.array(z.string())}).nullable(),
};

const fittingModel = z.strictObject({
	id: z.string(), recommended: z.boolean(), size_bytes: bytes, fit: fitSchema,
});

export const hardwareSchema = z.strictObject({
	...machine,
	selection: z.strictObject({selected: z.string().nullable(), reason: z.string()}),
	fitting_models: z.array(fittingModel),
	fitting_count: z.int().min(0),
});

const spreadSchema = z.strictObject({
	median: z.number(),
	minimum: z.number(),
	maximum: z.number(),
	standard_deviation: z.number(),
});

const rates = {
	prompt_tokens_per_second: z.number().positive(),
	generation_tokens_per_second: z.number().positive(),
	time_to_first_token_ms: z.number().positive(),
	inter_token_latency_ms: z.number().positive(),
};

const iterationSchema = z.strictObject({prompt_tokens: z.int(), generated_tokens: z.int(), ...rates});

const rangeSchema = z.strictObject({expected: z.number().positive(), low: z.number().positive(), high: z.number().positive()});

const benchmarkEstimateSchema = z.strictObject({
	generation_tokens_per_second: rangeSchema,
	prompt_tokens_per_second: rangeSchema,
	time_to_first_token_ms: rangeSchema,
	generation_error: z.number().nullable(),
	prompt_error: z.number().nullable(),
});

export const benchmarkEventSchema = z.discriminatedUnion('type', [
	z.strictObject({
		type: z.literal('progress'),
		model: z.string(),
		phase: z.enum(['loading', 'warming-up', 'measuring']),
		completed: z.int(),
		iterations: z.int(),
		generated_tokens: z.int(),
	}),
	z.strictObject({
		type: z.literal('completed'),
		model: z.string(),
		id: z.string(),
		ref: z.string(),
		name: z.string(),
		quantization: z.string(),
		started_at: time,
		prompt_tokens: z.int(),
		generated_tokens: z.int(),
		...rates,
		peak_memory_bytes: bytes,
		threads: z.int().min(1),
		context_size: z.int(),
		device: z.string(),
		estimate: benchmarkEstimateSchema.nullable(),
		spread: z.strictObject({
			prompt_tokens_per_second: spreadSchema,
			generation_tokens_per_second: spreadSchema,
			time_to_first_token_ms: spreadSchema,
			inter_token_latency_ms: spreadSchema,
		}),
		iterations: z.array(iterationSchema),
	}),
	z.strictObject({type: z.literal('failed'), model: z.string(), error: errorFields}),
]);

export const verifyEventSchema = z.discriminatedUnion('type', [
	z.strictObject({
		type: z.literal('progress'),
		id: z.string(),
		done_bytes: bytes,
		total_bytes: bytes,
	}),
	z.strictObject({
		type: z.literal('result'),
		id: z.string(),
		status: z.enum(['ok', 'missing', 'changed']),
		path: z.string().nullable(),
		expected: z.string().nullable(),
		actual: z.string().nullable(),
	}),
	z.strictObject({type: z.literal('completed'), verified: z.int()}),
	z.strictObject({type: z.literal('failed'), error: errorFields}),
]);

export const usageSchema = z.strictObject({
	path: z.string(),
	model_count: z.int(),
	model_bytes: bytes,
	partial_count: z.int(),
	partial_bytes: bytes,
	limit_bytes: bytes,
	disk_total_bytes: bytes,
	disk_free_bytes: bytes,
});

export const pruneSchema = z.strictObject({
	dry_run: z.boolean(),
	limit_bytes: bytes,
	remove: z.array(installedSchema),
	planned_bytes: bytes,
	freed_bytes: bytes,
	kept_bytes: bytes,
});

const checkSchema = z.strictObject({
	id: z.string(),
	label: z.string(),
	status: z.enum(['ok', 'warning', 'error']),
	detail: z.string(),
	hint: z.string().nullable(),
});

export const doctorSchema = z.strictObject({checks: z.array(checkSchema)});
