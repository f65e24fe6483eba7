import {realpath} from 'node:fs/promises';
import {homedir} from 'node:os';
import path from 'node:path';
import {NotFoundError} from '../../errors/not-found-error.js';
import {UsageError} from '../../errors/usage-error.js';
import {nearest} from '../../format/nearest.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type ModelReference} from '../../types/model-reference.js';
import {formatModelReference} from '../references/format-model-reference.js';
import {parseModelReference} from '../references/parse-model-reference.js';
import {describeLocalModel} from './describe-local-model.js';

// A hint is read, not searched.
const listedIds = 8;

/**
The model that an id, a reference or a path names. A path may also be that of a model file which is not installed.
@throws NotFoundError `model_not_installed` with the nearest id, UsageError `ambiguous_reference` with the candidates or `invalid_reference`; for a path what describeLocalModel throws.
*/
export async function findModel(models: readonly InstalledModel[], text: string): Promise<InstalledModel> {
	const exact = models.find(({id}) => id === text) ?? models.find(({ref}) => ref === text);
	if (exact !== undefined) {
		return exact;
	}

	const reference = parseModelReference(text);
	if (reference.kind === 'file') {
		return findFile(models, reference.path);
	}

	const [match, ...others] = models.filter(model => isMeant(reference, model));
	if (match === undefined) {
		throw notInstalled(models, text, reference);
	}

	if (others.length > 0) {
		throw new UsageError(`“${sanitizeLine(text)}” names ${others.length + 1} installed models.`, {
			code: 'ambiguous_reference',
			hint: `Name one of them: ${[match, ...others].map(({id}) => id).join(', ')}.`,
		});
	}

	return match;
}

/**
Names of models and repositories differ in more than upper and lower case; a repository alone means its only installed variant.
*/
function isMeant(reference: ModelReference, model: InstalledModel): boolean {
	const wanted = formatModelReference(reference).toLowerCase();
	if (wanted === model.id.toLowerCase() || wanted === model.ref.toLowerCase()) {
		return true;
	}

	const isRepository = reference.kind === 'hugging-face' && reference.quantization === undefined && reference.filePath === undefined;
	return isRepository && [':', '/', '@'].some(separator => model.ref.toLowerCase().startsWith(wanted + separator));
}

async function findFile(models: readonly InstalledModel[], text: string): Promise<InstalledModel> {
	const file = path.resolve(text.startsWith('~/') ? path.join(homedir(), text.slice(2)) : text);
	const real = await realpath(file).catch(() => file);
	return models.find(model => model.files.some(({path: own}) => own === file || own === real)) ?? describeLocalModel(file);
}

function notInstalled(models: readonly InstalledModel[], text: string, reference: ModelReference): NotFoundError {
	const shown = sanitizeLine(text.slice(0, 200));
	const suggestion = nearest(text, models.flatMap(({id, ref}) => [id, ref]));
	const ids = models.map(({id}) => id);
	const hints = [
		...(suggestion === undefined ? [] : [`Did you mean ${suggestion}?`]),
		...(reference.kind === 'id' || reference.kind === 'hugging-face' ? [`To get it: remuda download ${shown}.`] : []),
		`Installed: ${ids.slice(0, listedIds).join(', ')}${ids.length > listedIds ? ` and ${ids.length - listedIds} more` : ''}.`,
	];
	return new NotFoundError(`${shown} is not installed.`, {code: 'model_not_installed', hint: hints.join(' ')});
}
