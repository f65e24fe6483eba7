import {formatBytes} from '../format/bytes.js';
import {type InstalledModel} from '../types/installed-model.js';
import {confirm} from './ask.js';
import {takeArguments} from './arguments.js';
import {type Command} from './command.js';

export const command: Command = {
	usage: ['remove REF... [--yes]'],
	flags: {
		yes: {type: 'boolean', description: 'Do not ask'},
	},
	examples: ['remove qwen2.5-coder-3b-q4', 'remove qwen2.5-coder-3b-q4 --yes'],
	exitCodes: {3: 'no such model is installed'},
	async run(context) {
		const references = takeArguments(context, {name: 'a model reference', minimum: 1});
		const {inventory} = await context.services();
		// All are found before one is removed: a typing error must not leave half of the work done.
		const found = new Map<string, InstalledModel>();
		for (const model of await Promise.all(references.map(async reference => inventory.find(reference)))) {
			found.set(model.id, model);
		}

		const models = found.values().toArray();
		await confirm(context, `Remove ${models.map(({id, sizeBytes}) => `${id} (${formatBytes(sizeBytes)})`).join(', ')}?`);
		const removed: Array<{id: string; freedBytes: number}> = [];
		for (const {id} of models) {
			context.signal.throwIfAborted();
			removed.push({id, freedBytes: await inventory.remove(id)}); // eslint-disable-line no-await-in-loop
		}

		context.output.result(
			() => ({removed, freedBytes: removed.reduce((sum, {freedBytes}) => sum + freedBytes, 0)}),
			() => removed.map(({id, freedBytes}) => `Removed ${id}, freed ${formatBytes(freedBytes)}.`).join('\n'),
		);
	},
};
