import {RemudaError} from '../errors/remuda-error.js';
import {createDoctor} from '../services/doctor/create-doctor.js';
import {type DoctorCheck} from '../types/doctor.js';
import {takeArguments} from './arguments.js';
import {type Colors} from './colors.js';
import {type Command} from './command.js';
import {formatTable} from './table.js';

export const command: Command = {
	usage: ['doctor'],
	description: 'Looks at Node.js, the home folder, settings, database, registry, disk, hub, token, engine, sandbox, terminal and proxies. Changes nothing.',
	flags: {},
	examples: ['doctor', 'doctor --json'],
	exitCodes: {1: 'a check found an error'},
	async run(context) {
		takeArguments(context, {name: 'nothing', maximum: 0});
		const {output, environment, signal} = context;
		output.progress.show(['checking, which may take some seconds']);
		// Made here and not by the other services, which may be what is broken.
		const checks = await createDoctor({environment}).check({signal});
		output.progress.clear();
		output.result(() => ({
			checks: checks.map(({id, label, status, detail, hint}) => ({
				id, label, status, detail, hint,
			})),
		}), () => format(checks, output.colors));
		const failed = checks.filter(({status}) => status === 'error');
		if (failed.length > 0) {
			throw new RemudaError(`${failed.length} of ${checks.length} checks found an error: ${failed.map(({id}) => id).join(', ')}.`, {
				code: 'doctor_found_errors',
				hint: 'What to do is said with each of them.',
			});
		}
	},
};

function format(checks: readonly DoctorCheck[], colors: Colors): string {
	const paint = {ok: colors.green, warning: colors.yellow, error: colors.red};
	const lines = formatTable([{title: 'STATUS'}, {title: 'CHECK'}, {title: 'FOUND'}], checks.map(({status, label, detail}) => [status, label, detail])).split('\n');
	return lines.flatMap((line, index) => {
		const check = checks[index - 1];
		if (check === undefined) {
			return [line];
		}

		// The word is padded; only the word itself is painted.
		const painted = paint[check.status](check.status) + line.slice(check.status.length);
		return check.hint === undefined ? [painted] : [painted, `${' '.repeat(9)}→ ${check.hint}`];
	}).join('\n');
}
