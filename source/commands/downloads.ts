import {sanitizeLine} from '../format/sanitize.js';
import {ArgumentError} from './argument-error.js';
import {type Command, type CommandContext} from './command.js';
import {changeAction, limitAction, moveAction} from './downloads-change.js';
import {listDownloads} from './downloads-list.js';
import {showLog} from './downloads-log.js';
import {controlAction} from './downloads-control.js';
import {watchDownloads} from './downloads-watch.js';
import {
	hoursKind,
	momentKind,
	orNone,
	priorityKind,
} from './download-values.js';
import {flagName} from './flags.js';
import {suggest} from './suggest.js';

type Action = {
	readonly run: (context: CommandContext) => Promise<void>;
	/**
	Flags that mean something to it.
	*/
	readonly flags?: readonly string[];
};

const startKind = {
	wanted: `${momentKind.wanted}, or now`,
	read: (text: string) => text.toLowerCase() === 'now' ? 'now' : momentKind.read(text),
};

const actions: Readonly<Record<string, Action>> = {
	list: {run: listDownloads},
	watch: {run: watchDownloads},
	log: {run: showLog},
	pause: {run: controlAction('pause'), flags: ['all']},
	resume: {run: controlAction('resume'), flags: ['all']},
	retry: {run: controlAction('retry'), flags: ['all']},
	cancel: {run: controlAction('cancel'), flags: ['all', 'yes']},
	forget: {run: controlAction('forget'), flags: ['all', 'yes']},
	move: {run: moveAction},
	priority: {run: changeAction('priority', priorityKind, priority => ({priority}))},
	limit: {run: limitAction},
	hours: {run: changeAction('hours', orNone(hoursKind), hours => ({hours: hours === 'none' ? null : hours}))},
	at: {run: changeAction('at', startKind, startAt => ({startAt: startAt === 'now' ? null : startAt}))},
};

export const command: Command = {
	usage: [
		'downloads [list]',
		'downloads watch',
		'downloads pause|resume|retry ID...|--all',
		'downloads cancel|forget ID...|--all [--yes]',
		'downloads move ID first|up|down|last',
		'downloads priority ID... high|normal|low',
		'downloads limit ID...|all RATE|none',
		'downloads hours ID... HOURS|none',
		'downloads at ID... TIME|now',
		'downloads log [ID...]',
	],
	description: [
		'ID is that of the download or of its model, or the model reference.',
		'',
		'list      the queue, and what is done',
		'watch     follow it until nothing runs any more; Ctrl-C stops only watching',
		'pause     stop, and keep what was received; resume goes on from there',
		'retry     try a failed or cancelled one again, and at once one that waits to be',
		'cancel    stop, and delete what was received',
		'forget    take what is over off the list; a failed one with what it received',
		'move      change the order, among those of the same priority',
		'priority  those of a higher one go first',
		'limit     bytes per second of one, or of all together',
		'hours     run only within these hours of the day, such as 23:00-07:00',
		'at        do not begin before a time, such as 02:00',
		'log       what happened, with times',
	].join('\n'),
	flags: {
		all: {type: 'boolean', description: 'Every download that the action can be applied to; forget leaves failed ones'},
		yes: {type: 'boolean', description: 'Do not ask before something received is deleted'},
	},
	examples: [
		'downloads',
		'downloads pause --all',
		'downloads move qwen2.5-coder-3b-q4 first',
		'downloads limit all 5MB',
		'downloads at qwen2.5-coder-7b-q5 02:00',
		'downloads watch --json',
	],
	exitCodes: {3: 'no such download', 6: 'no space to go on; what could be removed is told', 130: 'interrupted, or not confirmed'},
	async run(context) {
		const [name = 'list'] = context.input;
		const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
		if (action === undefined) {
			const closest = suggest(name, Object.keys(actions));
			throw new ArgumentError(`Unknown action: downloads ${sanitizeLine(name).slice(0, 80)}`, {
				code: 'unknown_action',
				hint: closest === undefined ? `There are ${Object.keys(actions).join(', ')}.` : `Did you mean downloads ${closest}?`,
			});
		}

		rejectForeignFlags(context, name, action);
		await action.run({...context, input: context.input.slice(1)});
	},
};

// A flag that does nothing here would make a person believe that it did.
function rejectForeignFlags({flags}: CommandContext, name: string, {flags: own = []}: Action): void {
	const foreign = ['all', 'yes'].find(key => flags[key] !== undefined && !own.includes(key));
	if (foreign === undefined) {
		return;
	}

	const owners = Object.entries(actions).filter(([, action]) => action.flags?.includes(foreign)).map(([owner]) => owner);
	throw new ArgumentError(`${flagName(foreign)} belongs to downloads ${owners.join(', ')}, not to downloads ${name}.`, {code: 'unexpected_flag'});
}
