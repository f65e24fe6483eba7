import {formatAge} from '../format/duration.js';
import {formatCount} from '../format/number.js';
import {type SearchResult} from '../types/search.js';
import {takeArguments} from './arguments.js';
import {type Command, type CommandContext} from './command.js';
import {integerFlag} from './flags.js';
import {searchRecord} from './records.js';
import {formatTable} from './table.js';

export const command: Command = {
	usage: ['search QUERY [--limit N]'],
	flags: {
		limit: {type: 'string', placeholder: 'N', description: 'Results at most, 1 to 500 (default 20)'},
	},
	examples: ['search qwen coder', 'search llama --limit 5 --json'],
	exitCodes: {4: 'the hub cannot be reached', 9: 'the hub asks to wait'},
	async run(context) {
		const text = takeArguments(context, {name: 'what to search for', minimum: 1}).join(' ').trim();
		const results = await collect(context, text, integerFlag(context.flags, 'limit', {minimum: 1, maximum: 500}) ?? 20);
		if (results.length === 0) {
			context.output.notice('No model matches.');
		}

		if (results.length > 0 || context.output.json) {
			context.output.result(() => ({query: text, results: results.map(result => searchRecord(result))}), () => format(results, context.output.width));
		}
	},
};

async function collect(context: CommandContext, text: string, limit: number): Promise<readonly SearchResult[]> {
	const {sources} = await context.services();
	const results: SearchResult[] = [];
	let cursor: string | undefined;
	do {
		// Pages depend on each other by their cursor.
		// eslint-disable-next-line no-await-in-loop
		const page = await sources.search({text, limit: limit - results.length, ...(cursor !== undefined && {cursor})}, {signal: context.signal});
		results.push(...page.results);
		cursor = page.nextCursor;
	} while (cursor !== undefined && results.length < limit);

	return results.slice(0, limit);
}

function format(results: readonly SearchResult[], width: number | undefined): string {
	const now = Date.now();
	return formatTable(
		[{title: 'REFERENCE'}, {title: 'DOWNLOADS', align: 'right'}, {title: 'LIKES', align: 'right'}, {title: 'UPDATED'}, {title: 'LICENSE', minimumWidth: 8}, {title: 'ACCESS'}],
		results.map(result => [
			result.ref,
			formatCount(result.downloads),
			formatCount(result.likes),
			result.updatedAt === undefined ? '–' : formatAge(result.updatedAt, now),
			result.license ?? '–',
			result.gated ? 'gated' : 'open',
		]),
		width,
	);
}
