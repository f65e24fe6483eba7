import {formatMoment} from '../format/duration.js';
import {type CommandContext} from './command.js';
import {loadQueue} from './downloads-each.js';
import {findDownload} from './find-download.js';
import {formatTable} from './table.js';

/**
`downloads log`: what happened to all downloads, or to those that are named, oldest first.
*/
export async function showLog(context: CommandContext): Promise<void> {
	const {queue} = await loadQueue(context);
	const chosen = context.input.length === 0 ? queue : new Set(context.input.map(name => findDownload(queue, name))).values().toArray();
	const events = chosen
		.flatMap(({request, events: own}) => own.map(({at, text}) => ({
			at, id: request.modelId, ref: request.ref, text,
		})))
		.toSorted((left, right) => Date.parse(left.at) - Date.parse(right.at));
	if (events.length === 0) {
		context.output.notice('Nothing happened yet.');
	}

	if (events.length === 0 && !context.output.json) {
		return;
	}

	const now = Date.now();
	context.output.result(() => ({events}), () => formatTable(
		[{title: 'TIME'}, {title: 'ID', minimumWidth: 12}, {title: 'EVENT'}],
		events.map(({at, id, text}) => [formatMoment(Date.parse(at), now), id, text]),
		context.output.width,
	));
}
