import {type Abortable} from '../../types/abortable.js';
import {type Config} from '../../types/config.js';
import {type DoctorCheck} from '../../types/doctor.js';
import {type Paths} from '../config/paths.js';
import {type Environment} from '../network/environment.js';

export type TerminalFacts = {
	readonly isTerminal: boolean;
	readonly columns?: number;
	readonly rows?: number;
	/**
	Bits: 1, 4, 8 or 24.
	*/
	readonly colorDepth?: number;
};

/**
What the checks look at. Nothing here has been opened yet: that is what a check does, so that one broken part hides no other.
*/
export type Surroundings = {
	readonly environment: Environment;
	readonly nodeVersion: string;
	readonly platform: NodeJS.Platform;
	readonly terminal: TerminalFacts;
	readonly paths: Paths;
	/**
	The settings, or the defaults where the file is broken; the check of the config tells that.
	*/
	readonly config: Config;
};

export type Finding = Pick<DoctorCheck, 'status' | 'detail' | 'hint'>;

/**
One thing to look at. What it throws counts as an error found.
*/
export type Check = {
	readonly id: string;
	readonly label: string;
	readonly look: (surroundings: Surroundings, options: Abortable) => Finding | Promise<Finding>;
};
