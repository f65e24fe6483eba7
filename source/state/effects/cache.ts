import {toErrorReport} from '../../errors/to-error-report.js';
import {formatBytes} from '../../format/bytes.js';
import {nameWithQuantization} from '../../format/model-name.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {pruneDialog} from '../selectors/cache-dialogs.js';
import {type EffectContext, type Effects} from './effect.js';
import {errorNotice, infoNotice} from './notices.js';

const progressInterval = 100;

// One key for all: two removals at once would count the same bytes.
const removalKey = () => 'cache/removal';

export const cacheEffects: Effects = {
	'cache/remove-requested': {
		key: removalKey,
		async run({ids}, context) {
			return afterRemoval(context, async () => {
				let freedBytes = 0;
				for (const id of ids) {
					// In order, so that what was said to be removed is, up to a failure.
					// eslint-disable-next-line no-await-in-loop
					freedBytes += await context.services.inventory.remove(id);
				}

				return `Removed ${counted(ids.length)}: ${formatBytes(freedBytes)} are free again.`;
			});
		},
		failed: errorNotice,
	},
	'cache/clear-requested': {
		key: removalKey,
		run: async (_action, context) => afterRemoval(context, async () => `Removed all models: ${formatBytes(await context.services.inventory.clear())} are free again.`),
		failed: errorNotice,
	},
	'cache/clean-requested': {
		key: removalKey,
		run: async (_action, context) => afterRemoval(context, async () => `Removed partial files: ${formatBytes(await context.services.inventory.clean())} are free again.`),
		failed: errorNotice,
	},
	'cache/prune-requested': {
		key: removalKey,
		run: async ({plan}, context) => afterRemoval(context, async () => `Removed ${counted(plan.remove.length)}: ${formatBytes(await context.services.inventory.prune(plan))} are free again.`),
		failed: errorNotice,
	},
	'cache/prune-plan-requested': {
		key: () => 'cache/prune-plan',
		async run({limitBytes}, {services}) {
			const plan = await services.inventory.planPrune(limitBytes);
			return plan.remove.length === 0
				? infoNotice(`Nothing to remove: the models take ${formatBytes(plan.keptBytes)}, which is within ${formatBytes(limitBytes)}.`)
				: {type: 'screen/dialog-opened', dialog: pruneDialog(plan, Date.now())};
		},
		failed: errorNotice,
	},
	'cache/verify-requested': {
		key: () => 'cache/verify',
		async run({ids}, context) {
			for (const id of ids) {
				context.signal.throwIfAborted();
				// One after the other: a disk reads one file faster than two.
				// eslint-disable-next-line no-await-in-loop
				await verify(id, context);
			}

			context.dispatch({type: 'cache/verify-ended'});
			return summarizeVerification(ids, context);
		},
		failed: errorNotice,
		cancelled: () => ({type: 'cache/verify-ended'}),
	},
	'cache/verify-stop-requested': {cancels: () => 'cache/verify'},
};

/**
Whatever came of it, the list is read anew: part of it may have happened.
*/
async function afterRemoval({dispatch}: EffectContext, remove: () => Promise<string>) {
	try {
		return infoNotice(await remove());
	} finally {
		dispatch({type: 'cache/removal-ended'});
		dispatch({type: 'library/refresh-requested'});
	}
}

async function verify(id: string, {services, dispatch, signal}: EffectContext): Promise<void> {
	const startedAt = performance.now();
	let toldAt = 0;
	try {
		const result = await services.inventory.verify(id, {
			signal,
			onProgress(doneBytes, totalBytes) {
				const now = performance.now();
				if (now - toldAt < progressInterval) {
					return;
				}

				toldAt = now;
				const seconds = (now - startedAt) / 1000;
				dispatch({
					type: 'cache/verify-progressed', id, doneBytes, totalBytes, ...(seconds > 0.5 && {bytesPerSecond: doneBytes / seconds}),
				});
			},
		});
		dispatch({type: 'cache/verify-done', result});
	} catch (error) {
		signal.throwIfAborted();
		dispatch({type: 'cache/verify-failed', id, error: toErrorReport(error)});
	}
}

function summarizeVerification(ids: readonly string[], {getState}: EffectContext) {
	const {cache, library} = getState();
	const bad = ids.filter(id => {
		const verification = cache.verifications.get(id);
		return verification?.status === 'failed' || (verification?.status === 'done' && verification.result.status !== 'ok');
	});
	if (bad.length === 0) {
		return infoNotice(`Verified ${counted(ids.length)}: every file is as it should be.`);
	}

	const names = library.models.filter(({id}) => bad.includes(id)).map(model => nameOf(model)).join(', ');
	return errorNotice({code: 'verification_failed', message: `Not as downloaded: ${names}.`, hint: 'x removes it, then download it again.'});
}

function nameOf({name, quantization}: InstalledModel): string {
	return nameWithQuantization(name, quantization);
}

function counted(count: number): string {
	return count === 1 ? 'one model' : `${count} models`;
}
