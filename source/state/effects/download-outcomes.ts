import {formatBytes} from '../../format/bytes.js';
import {type ErrorReport} from '../../types/error-report.js';
import {type LicenseTerms} from '../../types/license.js';
import {type DownloadTarget} from '../reducers/browse.js';
import {type Notice} from '../reducers/screen.js';

/**
What came of adding one model to the queue.
*/
export type Outcome =
	NoRoom
	| {readonly status: 'queued'; readonly name: string; readonly sizeBytes: number; readonly isChosen: boolean}
	| {readonly status: 'known'; readonly name: string}
	| {readonly status: 'unlicensed'; readonly name: string; readonly terms: LicenseTerms; readonly target: DownloadTarget}
	| {readonly status: 'failed'; readonly name: string; readonly error: ErrorReport};

export type NoRoom = {
	readonly status: 'no-room';
	readonly name: string;
	readonly error: ErrorReport;
	readonly missingBytes: number;
	/**
	Of the whole download.
	*/
	readonly sizeBytes: number;
	readonly target: DownloadTarget;
};

const where = '2 shows the downloads.';

/**
One notice for all of them.
*/
export function describeOutcomes(outcomes: readonly Outcome[]): Notice {
	const problems = outcomes.flatMap(outcome => problemOf(outcome, outcomes.length > 1));
	const parts = [
		...describeQueued(outcomes.filter(outcome => outcome.status === 'queued')),
		...outcomes.filter(outcome => outcome.status === 'known').map(({name}) => `${name} is in the queue already.`),
		...problems,
	];
	return {kind: problems.length > 0 ? 'error' : 'info', text: [...parts, ...(problems.length < outcomes.length ? [where] : [])].join(' ')};
}

function problemOf(outcome: Outcome, isOneOfMany: boolean): readonly string[] {
	if (outcome.status === 'unlicensed') {
		return [`${outcome.name}: its licence has to be accepted first (${outcome.terms.title}). d asks again.`];
	}

	return outcome.status === 'failed' || outcome.status === 'no-room' ? [`${isOneOfMany ? `${outcome.name}: ` : ''}${sentence(outcome.error)}`] : [];
}

function describeQueued(queued: ReadonlyArray<Extract<Outcome, {status: 'queued'}>>): readonly string[] {
	let sizeBytes = 0;
	for (const outcome of queued) {
		sizeBytes += outcome.sizeBytes;
	}

	const [first] = queued;
	if (!first) {
		return [];
	}

	const names = queued.map(({name}) => name);
	const why = first.isChosen ? ', the variant that suits this machine best' : '';
	return [`Queued ${queued.length > 1 ? `${queued.length} downloads, ${formatBytes(sizeBytes)}: ${names.join(', ')}` : `${first.name}, ${formatBytes(sizeBytes)}${why}`}.`];
}

function sentence({message, hint}: ErrorReport): string {
	return hint === undefined ? message : `${message} ${hint}`;
}
