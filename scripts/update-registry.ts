// Computes the fields of registry.json that follow from others: `file_size` where it is not known exactly, and `ram_required`.
// Run it after an entry or the estimate changed: node --import tsx scripts/update-registry.ts
import {readFile, writeFile} from 'node:fs/promises';
import {estimateFileSize} from '../source/services/hardware/estimate-file-size.js';
import {estimateMemory} from '../source/services/hardware/estimate-memory.js';
import {fitSubjectOf} from '../source/services/hardware/fit-subject-of.js';
import {parseRegistry} from '../source/services/registry/load-registry.js';
import {toArchitecture} from '../source/services/registry/to-registry-model.js';
import {type RegistryDocument, type RegistryDocumentModel} from '../source/services/registry/registry-schema.js';

const file = new URL('../registry.json', import.meta.url);

function update(model: RegistryDocumentModel): RegistryDocumentModel {
	const files = model.files.map(({role, size_bytes: size}) => ({role, sizeBytes: size ?? undefined}));
	const fileSize = model.file_size_exact
		? model.files.reduce((sum, {size_bytes: size}) => sum + (size ?? 0), 0)
		: estimateFileSize({...model, files});
	const architecture = model.architecture === null ? undefined : toArchitecture(model.architecture);
	const {totalBytes} = estimateMemory(fitSubjectOf({
		fileSize, files, parameters: model.parameters, contextWindow: model.context_window, ...(architecture && {architecture}),
	}));
	return {...model, file_size: fileSize, ram_required: totalBytes};
}

const document = JSON.parse(await readFile(file, 'utf8')) as RegistryDocument;
const text = `${JSON.stringify({...document, models: document.models.map(model => update(model))}, undefined, '\t')}\n`;
parseRegistry(text, 'registry.json');
await writeFile(file, text);
