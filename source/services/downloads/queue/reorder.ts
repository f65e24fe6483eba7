import {type QueueMove} from '../../../types/download.js';

export type Placed = {
	readonly id: string;
	readonly order: number;
};

/**
The new places of those whose place changes when one is moved among its peers, which are in order and have it among them. The places taken are those that the peers had.
*/
export function reorder(peers: readonly Placed[], id: string, to: QueueMove): readonly Placed[] {
	const from = peers.findIndex(peer => peer.id === id);
	const position = {
		first: 0, up: Math.max(0, from - 1), down: Math.min(peers.length - 1, from + 1), last: peers.length - 1,
	}[to];
	const others = peers.filter((_, index) => index !== from);
	const places = distinct(peers.map(({order}) => order));
	const moved = from === -1 ? peers : [...others.slice(0, position), peers[from]!, ...others.slice(position)];
	return moved.map((peer, index) => ({id: peer.id, order: places[index]!})).filter(({order}, index) => order !== moved[index]!.order);
}

/**
Two that were added by two processes at once may have the same place; then the later ones make room.
*/
function distinct(places: readonly number[]): readonly number[] {
	let last = -Infinity;
	return places.map(place => {
		last = place > last ? place : last + 1;
		return last;
	});
}
