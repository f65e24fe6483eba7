import {type FileIdentity} from '../../partial/file-identity.js';
import {type FileServers} from '../servers/file-servers.js';
import {askedMilliseconds} from '../retry.js';
import {type TransferEvents} from '../transfer-options.js';
import {answerFailure, type Answer} from './answer-failure.js';
import {type LaneClaim} from './lane-claim.js';
import {type LaneLimit} from './lane-limit.js';
import {describeRetry, sentence} from './lane-words.js';
import {type Lane, type LaneWait} from './lane.js';

export type LaneTroublesOptions = {
	readonly identity: FileIdentity;
	readonly servers: FileServers;
	readonly limit: LaneLimit;
	readonly events: Pick<TransferEvents, 'onEvent'>;
	/**
	All lanes of the file.
	*/
	readonly lanes: () => readonly Lane[];
	/**
	Bytes that have come in over all of them.
	*/
	readonly fetched: () => number;
	/**
	Nothing helps against this one.
	*/
	readonly onFailed: (error: unknown) => void;
};

/**
What is done about failed connections, and the log of it.
*/
export class LaneTroubles {
	readonly #options: LaneTroublesOptions;
	#lastLine: string | undefined;

	constructor(options: LaneTroublesOptions) {
		this.#options = options;
	}

	#carryOut(answer: Answer, lane: Lane, {server}: LaneClaim): LaneWait | undefined {
		const {limit, lanes, fetched, onFailed} = this.#options;
		switch (answer.kind) {
			case 'retry': {
				this.log(describeRetry(answer.wait));
				return answer.wait;
			}

			case 'close': {
				const count = lanes().filter(other => other !== lane && !other.isLeaving).length;
				limit.lower(count, {now: performance.now(), askedMilliseconds: answer.askedMilliseconds, fetched: fetched()});
				this.log(`${sentence(answer.error)}: going on with ${count} ${count === 1 ? 'connection' : 'connections'}`);
				return undefined;
			}

			case 'yield': {
				this.log(sentence(answer.error));
				return undefined;
			}

			case 'leave': {
				return this.#leave(server, answer, lane);
			}

			case 'fail': {
				onFailed(answer.error);
				return undefined;
			}
		}
	}

	#leave(server: LaneClaim['server'], {error, isForGood}: Extract<Answer, {readonly kind: 'leave'}>, lane: Lane): LaneWait | undefined {
		const {servers, identity, lanes, onFailed} = this.#options;
		servers.leave(server, {isForGood, askedMilliseconds: askedMilliseconds(error)});
		this.log(`left ${server.host}: ${sentence(error)}`);
		if (servers.choose(identity, () => 0) === undefined) {
			onFailed(error);
			return undefined;
		}

		for (const other of lanes()) {
			if (other.claim?.server === server) {
				other.cut();
			}
		}

		lane.renewRetries();
		return {
			retry: 0, waitMilliseconds: 0, isAsked: false, error,
		};
	}

	/**
	Finds out what a failure means, and does it; the wait before the lane goes on, or undefined where it ends.
	*/
	answer(lane: Lane, claim: LaneClaim, thrown: unknown): LaneWait | undefined {
		const {servers, identity, lanes} = this.#options;
		const others = lanes().filter(other => other !== lane && !other.isLeaving);
		const answer = answerFailure({
			thrown,
			isHub: claim.server.isHub,
			nextRetry: error => lane.nextRetry(error),
			hasOtherServer: servers.hasOther(claim.server, identity),
			hasOtherLanes: others.length > 0,
			isServing: others.some(other => other.isReceiving && other.claim?.server === claim.server),
			isAwaited: others.some(({waiting}) => waiting?.isAsked === true),
		});
		return this.#carryOut(answer, lane, claim);
	}

	/**
	Tells a line; several connections that meet the same trouble are one.
	*/
	log(text: string): void {
		if (text === this.#lastLine) {
			return;
		}

		this.#lastLine = text;
		this.#options.events.onEvent(text);
	}
}
