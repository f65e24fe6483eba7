import process from 'node:process';
import {isAbort, toErrorReport} from '../../errors/to-error-report.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {type Abortable} from '../../types/abortable.js';
import {type Config} from '../../types/config.js';
import {type DoctorCheck} from '../../types/doctor.js';
import {createConfigStore} from '../config/create-config-store.js';
import {parseConfigDocument, toConfig} from '../config/parse-config.js';
import {resolvePaths} from '../config/resolve-paths.js';
import {type Environment} from '../network/environment.js';
import {type Check, type Surroundings, type TerminalFacts} from './check.js';
import {checks as allChecks} from './checks/checks.js';
import {type Doctor} from './doctor.js';

/**
A doctor for this machine. It needs no other service to have come up: what it looks at, it opens itself, and closes again.
*/
export function createDoctor({
	environment,
	terminal = terminalFacts(process.stdout),
	nodeVersion = process.versions.node,
	platform = process.platform,
	checks = allChecks,
}: {
	readonly environment: Environment;
	readonly terminal?: TerminalFacts;
	readonly nodeVersion?: string;
	readonly platform?: NodeJS.Platform;
	readonly checks?: readonly Check[];
}): Doctor {
	return {
		async check({signal}) {
			const config = await readConfig(environment);
			const surroundings: Surroundings = {
				environment, nodeVersion, platform, terminal, config, paths: resolvePaths(environment, config),
			};
			return Promise.all(checks.map(async check => carryOut(check, surroundings, {signal})));
		},
	};
}

async function carryOut({id, label, look}: Check, surroundings: Surroundings, {signal}: Abortable): Promise<DoctorCheck> {
	signal.throwIfAborted();
	try {
		return {id, label, ...await look(surroundings, {signal})};
	} catch (error) {
		if (isAbort(error, signal)) {
			throw error;
		}

		const {message, hint} = toErrorReport(error);
		return {
			id, label, status: 'error', detail: sanitizeLine(message), ...(hint !== undefined && {hint}),
		};
	}
}

async function readConfig(environment: Environment): Promise<Config> {
	const {config: file} = resolvePaths(environment);
	try {
		const store = await createConfigStore({path: file});
		return store.current();
	} catch {
		// Its own check tells why; the others look at what the defaults lead to.
		return toConfig(parseConfigDocument({}, file));
	}
}

function terminalFacts(stream: NodeJS.WriteStream): TerminalFacts {
	return stream.isTTY
		? {
			isTerminal: true, columns: stream.columns, rows: stream.rows, colorDepth: stream.getColorDepth(),
		}
		: {isTerminal: false};
}
