import {inTurn} from '../../../format/in-turn.js';
import {type QueueEntry} from './queue-entry.js';

const ranks = {high: 0, normal: 1, low: 2} as const;

/**
By priority, then by place in the queue.
*/
export function compareEntries({record: left}: QueueEntry, {record: right}: QueueEntry): number {
	const byPlace = () => inTurn(left.order - right.order, () => left.id < right.id ? -1 : 1);
	return inTurn(ranks[left.priority] - ranks[right.priority], byPlace);
}
