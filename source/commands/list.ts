import {formatBytes} from '../format/bytes.js';
import {formatAge} from '../format/duration.js';
import {formatCount} from '../format/number.js';
import {type InstalledModel} from '../types/installed-model.js';
import {type RegistryModel} from '../types/registry-model.js';
import {ArgumentError} from './argument-error.js';
import {takeArguments} from './arguments.js';
import {type Command} from './command.js';
import {installedRecord, registryRecord} from './records.js';
import {formatTable} from './table.js';

export const command: Command = {
	usage: ['list [--all | --cached]'],
	flags: {
		all: {type: 'boolean', description: 'Every model of the curated registry, with what is installed marked'},
		cached: {type: 'boolean', description: 'Installed models only (the default)'},
	},
	examples: ['list', 'list --all', 'list --json'],
	async run(context) {
		takeArguments(context, {name: 'nothing', maximum: 0});
		const {flags, output} = context;
		if (flags.all === true && flags.cached === true) {
			throw new ArgumentError('--all and --cached exclude each other.', {code: 'conflicting_flags'});
		}

		const {inventory, registry} = await context.services();
		const installed = await inventory.list();
		if (flags.all === true) {
			const ids = new Set(installed.map(({id}) => id));
			output.result(
				() => ({models: registry.models.map(model => registryRecord(model, ids.has(model.id)))}),
				() => formatRegistry(registry.models, ids, output.width),
			);
		} else {
			output.result(() => ({models: installed.map(model => installedRecord(model))}), () => formatInstalled(installed, output.width));
		}
	},
};

function formatInstalled(models: readonly InstalledModel[], width: number | undefined): string {
	const now = Date.now();
	return formatTable(
		[{title: 'ID'}, {title: 'QUANT'}, {title: 'SIZE', align: 'right'}, {title: 'SOURCE'}, {title: 'LAST USED'}, {title: 'USES', align: 'right'}],
		models.map(model => [model.id, model.quantization, formatBytes(model.sizeBytes), model.source, formatAge(model.lastUsed, now), String(model.useCount)]),
		width,
	);
}

function formatRegistry(models: readonly RegistryModel[], installed: ReadonlySet<string>, width: number | undefined): string {
	return formatTable(
		[
			{title: 'ID'},
			{title: 'PARAMETERS', align: 'right'},
			{title: 'QUANT'},
			{title: 'SIZE', align: 'right'},
			{title: 'RAM', align: 'right'},
			{title: 'STATUS'},
		],
		models.map(model => [
			model.id,
			formatCount(model.parameters),
			model.quantization,
			`${model.fileSizeExact ? '' : '~'}${formatBytes(model.fileSize)}`,
			formatBytes(model.ramRequired),
			[installed.has(model.id) ? 'installed' : '', model.recommended ? 'recommended' : '', model.deprecated ? 'deprecated' : ''].filter(word => word !== '').join(', '),
		]),
		width,
	);
}
