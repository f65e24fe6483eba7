import {type Readable, type Writable} from 'node:stream';
import {type Services} from '../services/services.js';
import {type Output} from './output.js';

/**
A flag as data: parsing, checking and the help text are made from it. The key is in camel case.
*/
export type FlagDefinition = {
	/**
	Numbers are strings here; the command checks them and says what is wrong.
	*/
	readonly type: 'boolean' | 'string';
	/**
	Stands for the value in the help text, for example `SIZE`.
	*/
	readonly placeholder?: string;
	readonly description: string;
};

export type FlagDefinitions = Readonly<Record<string, FlagDefinition>>;

/**
The flags that were given, and only those.
*/
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

export type InputStream = Readable & {readonly isTTY?: boolean};

export type OutputStream = Writable & {readonly isTTY?: boolean; readonly columns?: number};

export type Streams = {
	readonly stdin: InputStream;
	readonly stdout: OutputStream;
	readonly stderr: OutputStream;
};

/**
What a command is given to do its work.
*/
export type CommandContext = {
	/**
	The arguments that are not flags.
	*/
	readonly input: readonly string[];
	readonly flags: Flags;
	readonly output: Output;
	readonly streams: Streams;
	readonly environment: NodeJS.ProcessEnv;
	readonly signal: AbortSignal;
	/**
	Created at the first call and closed once the command has settled.
	*/
	readonly services: () => Promise<Services>;
};

/**
One command. It fails by throwing; the class of the error decides the exit code.
*/
export type Command = {
	/**
	Each line of the usage, without the program's name.
	*/
	readonly usage: readonly string[];
	readonly description?: string;
	readonly flags: FlagDefinitions;
	readonly examples: readonly string[];
	/**
	Exit codes that mean something particular here, besides 0, 1 and 2.
	*/
	readonly exitCodes?: Readonly<Record<number, string>>;
	readonly run: (context: CommandContext) => Promise<void>;
};
