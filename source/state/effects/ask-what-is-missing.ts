import {nameWithQuantization} from '../../format/model-name.js';
import {type Download} from '../../types/download.js';
import {type Dialog, type RoomDialog} from '../dialog.js';
import {licenseDialog, type LicenseQuestion} from '../selectors/download-dialogs.js';
import {nameOf} from '../selectors/downloads.js';
import {type AppState} from '../state.js';
import {type NoRoom, type Outcome} from './download-outcomes.js';
import {type EffectContext} from './effect.js';

type Unlicensed = Extract<Outcome, {status: 'unlicensed'}>;

/**
The dialog that asks for what keeps downloads out of the queue: consent first, then room. Undefined where nothing does, or nobody looks: a dialog must not come between somebody and what is being typed elsewhere.
*/
export async function askWhatIsMissing(outcomes: readonly Outcome[], {services, getState}: EffectContext): Promise<Dialog | undefined> {
	const unlicensed = outcomes.filter(outcome => outcome.status === 'unlicensed');
	const withoutRoom = outcomes.filter(outcome => outcome.status === 'no-room');
	const dialog = unlicensed.length > 0
		// What had no room is tried again with them, and asked about then.
		? licenseDialog(questionsOf(unlicensed), [...unlicensed, ...withoutRoom].map(({target}) => target))
		: await roomDialog(withoutRoom, services.inventory);
	return isFree(getState()) ? dialog : undefined;
}

function isFree({screen, browse}: AppState): boolean {
	return screen.dialog === undefined && (screen.tab === 'downloads' || (screen.tab === 'browse' && browse.focus !== 'search'));
}

/**
Every licence once.
*/
function questionsOf(outcomes: readonly Unlicensed[]): readonly LicenseQuestion[] {
	return Map.groupBy(outcomes, ({terms}) => terms.key).values().flatMap(group => {
		const [first] = group;
		return first ? [{terms: first.terms, names: group.map(({name}) => name)}] : [];
	}).toArray();
}

async function roomDialog(outcomes: readonly NoRoom[], inventory: Planner): Promise<Dialog | undefined> {
	return offerRoom(outcomes.map(({name, missingBytes, sizeBytes}) => ({name, missingBytes, leftBytes: sizeBytes})), {
		inventory, targets: outcomes.map(({target}) => target), downloads: [],
	});
}

/**
The same for downloads of the queue that could not be let go on.
*/
export async function askForRoom(stuck: readonly Stuck[], {services: {inventory}, getState}: EffectContext): Promise<Dialog | undefined> {
	const dialog = await offerRoom(stuck.map(({download, missingBytes}) => ({name: nameOf(download), missingBytes, leftBytes: download.totalBytes - download.receivedBytes})), {
		inventory, targets: [], downloads: stuck.map(({download}) => download.id),
	});
	return isFree(getState()) ? dialog : undefined;
}

export type Stuck = {
	readonly download: Download;
	readonly missingBytes: number;
};

type Planner = Pick<EffectContext['services']['inventory'], 'planRoom'>;

type WithoutRoom = {
	readonly name: string;
	readonly missingBytes: number;
	readonly leftBytes: number;
};

async function offerRoom(wanted: readonly WithoutRoom[], {inventory, targets, downloads}: Pick<RoomDialog, 'targets' | 'downloads'> & {readonly inventory: Planner}): Promise<RoomDialog | undefined> {
	const last = wanted.at(-1);
	if (!last) {
		return undefined;
	}

	// The last one was counted with all that is in the queue by now, and without the others that had no room.
	let {missingBytes} = last;
	for (const {leftBytes} of wanted.slice(0, -1)) {
		missingBytes += leftBytes;
	}

	const [enough, all] = await Promise.all([inventory.planRoom(missingBytes), inventory.planRoom(Number.MAX_SAFE_INTEGER)]);
	return {
		kind: 'room',
		wanted: wanted.map(({name}) => name).join(', '),
		missingBytes,
		candidates: all.remove.map(({id, name, quantization, sizeBytes, lastUsed}) => ({
			id, name: nameWithQuantization(name, quantization), sizeBytes, ...(lastUsed !== undefined && {lastUsed}),
		})),
		chosen: new Set(enough.remove.map(({id}) => id)),
		cursor: 0,
		targets,
		downloads,
	};
}
