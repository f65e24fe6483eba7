import {toErrorReport} from '../../errors/to-error-report.js';
import {type ErrorReport} from '../../types/error-report.js';
import {type Action} from '../actions.js';
import {type DownloadWork} from '../reducers/download-work.js';
import {nameOf} from '../selectors/downloads.js';
import {type EffectContext} from './effect.js';
import {infoNotice} from './notices.js';

/**
What came of a command for each download.
*/
export type CommandResult = {
	readonly id: string;
	readonly error?: ErrorReport;
};

/**
Carries something out for each of several downloads: one that fails does not keep the others from it. They are asked for in order.
*/
export async function forEachDownload(ids: readonly string[], carryOut: (id: string) => Promise<void>): Promise<readonly CommandResult[]> {
	return Promise.all(ids.map(async (id): Promise<CommandResult> => {
		try {
			await carryOut(id);
			return {id};
		} catch (error) {
			return {id, error: toErrorReport(error)};
		}
	}));
}

/**
Past participles, as in `Paused 3 downloads.`
*/
const done: Readonly<Record<DownloadWork | 'move', string>> = {
	pause: 'Paused',
	resume: 'Let go on',
	cancel: 'Cancelled',
	forget: 'Cleared',
	configure: 'Changed',
	move: 'Moved',
};

const namedFailures = 2;

/**
What to say of it: nothing where one download did what was asked for, since its row shows that; how many of several did, and which did not and why.
*/
export function describeResults(work: DownloadWork | 'move', results: readonly CommandResult[], context: Pick<EffectContext, 'getState'>): Action | undefined {
	const failed = results.filter(({error}) => error !== undefined);
	if (failed.length === 0) {
		return results.length > 1 && work !== 'move' ? infoNotice(`${done[work]} ${results.length} downloads.`) : undefined;
	}

	const {items} = context.getState().downloads;
	const reasons = failed.slice(0, namedFailures).map(({id, error}) => {
		const download = items.find(item => item.id === id);
		const name = results.length > 1 ? `${download ? nameOf(download) : id}: ` : '';
		return `${name}${error?.message ?? ''}${error?.hint === undefined ? '' : ` ${error.hint}`}`;
	});
	const text = [
		...(results.length > 1 ? [`${done[work]} ${results.length - failed.length} of ${results.length}.`] : []),
		...reasons,
		...(failed.length > namedFailures ? [`${failed.length - namedFailures} more could not either.`] : []),
	].join(' ');
	return {type: 'screen/noticed', notice: {kind: 'error', text}};
}
