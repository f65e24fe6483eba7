import {formatBytes} from '../format/bytes.js';
import {formatAge} from '../format/duration.js';
import {formatCount, formatInteger} from '../format/number.js';
import {type FitVerdict} from '../types/fit.js';
import {type InstalledModel} from '../types/installed-model.js';
import {type RegistryModel} from '../types/registry-model.js';
import {type ModelDetails} from '../types/search.js';
import {type ModelInfo} from './info.js';
import {formatLines, formatNeed} from './judgement-text.js';
import {formatFields, formatTable} from './table.js';

/**
Everything about a model as paragraphs for people.
*/
export function formatInfo({installed, registry, details, verdict, variants}: ModelInfo, width: number | undefined): string {
	const paragraphs = [
		...(registry === undefined ? [] : [formatRegistry(registry)]),
		...(installed === undefined ? [] : [formatInstalled(installed)]),
		...(details === undefined ? [] : [formatDetails(details)]),
		...(verdict === undefined
			? []
			: [formatLines([verdict.reason], width), formatNeed(verdict.need, verdict.marginBytes)]),
		...(variants.length === 0
			? []
			: [formatTable(
				[{title: 'VARIANT'}, {title: 'QUANT'}, {title: 'SIZE', align: 'right'}, {title: 'FIT'}],
				variants.map(entry => [entry.variant.ref, entry.variant.quantization, formatBytes(entry.variant.sizeBytes), formatLevel(entry.verdict)]),
				width,
			)]),
	];
	return paragraphs.join('\n\n');
}

function formatLevel({level, shortBytes}: FitVerdict): string {
	return {
		gpu: 'on the GPU',
		split: 'split',
		memory: 'in memory',
		tight: 'tight',
		'less-context': 'with less context',
		none: `${formatBytes(shortBytes)} short`,
	}[level];
}

function formatRegistry(model: RegistryModel): string {
	return formatFields([
		['Id', model.id],
		['Name', model.name],
		['About', model.description],
		['Family', model.family],
		['Parameters', `${formatCount(model.parameters)}${model.activeParameters === undefined ? '' : `, ${formatCount(model.activeParameters)} active`}`],
		['Quantization', model.quantization],
		['Context', `${formatInteger(model.contextWindow)} tokens`],
		['Size', `${model.fileSizeExact ? '' : 'about '}${formatBytes(model.fileSize)}`],
		['RAM', formatBytes(model.ramRequired)],
		['License', model.license],
		['Tags', model.tags.join(', ')],
		['Repository', `hf:${model.huggingFaceRepo}`],
		['File', model.fileName],
		...(model.recommended ? [['Status', 'recommended'] as const] : []),
		...(model.deprecated ? [['Status', 'deprecated'] as const] : []),
	]);
}

function formatInstalled(model: InstalledModel): string {
	return formatFields([
		['Installed', model.id],
		['Reference', model.ref],
		['Path', model.path],
		['Size', formatBytes(model.sizeBytes)],
		['Checksum', model.checksum === '' ? undefined : model.checksum],
		['License', model.license],
		['Context', model.contextLength === undefined ? undefined : `${formatInteger(model.contextLength)} tokens`],
		['Last used', `${formatAge(model.lastUsed, Date.now())}, ${model.useCount} times in all`],
	]);
}

function formatDetails(details: ModelDetails): string {
	return formatFields([
		['Repository', details.ref],
		['Revision', details.revision],
		['Architecture', details.architectureName],
		['Parameters', details.parameters === undefined ? undefined : formatCount(details.parameters)],
		['Context', details.contextLength === undefined ? undefined : `${formatInteger(details.contextLength)} tokens`],
		['License', details.license],
		['Access', details.gated ? 'gated: accept its terms on the hub first' : 'open'],
		['Downloads', formatInteger(details.downloads)],
		['Likes', formatInteger(details.likes)],
		['Updated', details.updatedAt === undefined ? undefined : formatAge(details.updatedAt, Date.now())],
		['Tags', details.tags.length === 0 ? undefined : details.tags.join(', ')],
	]);
}
