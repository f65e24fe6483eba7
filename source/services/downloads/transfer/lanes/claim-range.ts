import {type PartialFile} from '../../partial/partial-file.js';
import {type FileServers} from '../servers/file-servers.js';
import {type TransferOptions} from '../transfer-options.js';
import {type BestRate} from './best-rate.js';
import {LaneClaim} from './lane-claim.js';
import {type Lane} from './lane.js';
import {planRange} from './plan-range.js';

export type ClaimRangeOptions = {
	readonly transfer: TransferOptions;
	readonly partial: PartialFile;
	readonly servers: FileServers;
	/**
	Of all lanes of the file.
	*/
	readonly claims: readonly LaneClaim[];
	/**
	How many connections there are to be.
	*/
	readonly target: number;
	readonly bestRate: BestRate;
};

/**
Claims the next range for a lane, and takes from the claim of another what it needs for that; undefined where there is nothing for it to do, or no server for it.
*/
export function claimRange(lane: Lane, {transfer, partial, servers, claims, target, bestRate}: ClaimRangeOptions): LaneClaim | undefined {
	const server = servers.choose(partial.identity, candidate => claims.filter(claim => claim.server === candidate).length);
	if (server === undefined) {
		return undefined;
	}

	const plan = planRange({
		missing: partial.missing, claims, lanes: target, smallestChunk: transfer.timing.smallestChunk, bestBytesPerSecond: bestRate.current(),
	});
	if (plan?.shortened !== undefined) {
		const {claim, end} = plan.shortened;
		if (end === claim.position) {
			bestRate.spend();
		}

		claim.shorten(end);
	}

	return plan && new LaneClaim(plan.range, server, lane.rate);
}
