import snakecaseKeys from 'snakecase-keys';
import {type OutputStream} from './command.js';
import {createColors, isFancy, type Colors} from './colors.js';
import {createProgressArea, type ProgressArea} from './progress-area.js';

/**
Plain data on its way out; keys in camel case become snake_case, undefined becomes null.
*/
export type JsonRecord = Record<string, unknown>;

/**
Where a command prints: data on stdout, all else on stderr; for people, or as JSON.
*/
export type Output = {
	readonly json: boolean;
	/**
	Colours for stdout; they do nothing where there is no terminal.
	*/
	readonly colors: Colors;
	/**
	Cells of stdout where it is a terminal.
	*/
	readonly width: number | undefined;
	/**
	The result of a command that lists or shows: one JSON document, or text for people.
	*/
	readonly result: (record: () => JsonRecord, text: () => string) => void;
	/**
	One line of a running job, only with `--json`.
	*/
	readonly event: (record: JsonRecord) => void;
	/**
	Text for people on stdout, without a newline of its own; nothing with `--json`.
	*/
	readonly text: (text: string) => void;
	/**
	A line for people on stderr; nothing with `--json`.
	*/
	readonly notice: (line: string) => void;
	/**
	Whether people watch: a bar may be drawn.
	*/
	readonly progress: ProgressArea;
};

export function createOutput({stdout, stderr, json, environment}: {
	readonly stdout: OutputStream;
	readonly stderr: OutputStream;
	readonly json: boolean;
	readonly environment: NodeJS.ProcessEnv;
}): Output {
	const progress = createProgressArea(stderr, {isVisible: !json && isFancy(stderr, environment)});
	return {
		json,
		colors: createColors(stdout, environment),
		width: isFancy(stdout, environment) ? stdout.columns : undefined,
		result(record, text) {
			stdout.write(`${json ? toJson(record(), 2) : text()}\n`);
		},
		event(record) {
			if (json) {
				stdout.write(`${toJson(record)}\n`);
			}
		},
		text(text) {
			if (!json) {
				stdout.write(text);
			}
		},
		notice(line) {
			if (json) {
				return;
			}

			progress.clear();
			stderr.write(`${line}\n`);
		},
		progress,
	};
}

/**
One JSON text. A key with a dot is the path of a setting, which is in snake_case already.
*/
export function toJson(record: JsonRecord, indentation?: number): string {
	return JSON.stringify(snakecaseKeys(record, {exclude: [/\./v]}), (_key, value: unknown) => value === undefined ? null : value, indentation);
}
