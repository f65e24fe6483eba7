import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {render, useApp, type Instance} from 'ink';
import {useEffect, type ReactElement, type ReactNode} from 'react';
import {sanitizeText} from '../format/sanitize.js';
import {CellDiffStdout} from './cell-diff-stdout.js';
import {mostFrames} from './most-frames.js';
import {stopUntilContinued} from './stop-process.js';
import {catchStrayOutput} from './stray-output.js';
import {TerminalStdout} from './terminal-stdout.js';
import {watchForEnd, type EndReason, type EndWatch} from './watch-for-end.js';

export type FullScreenOptions = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
	readonly alternateScreen: boolean;
	/**
	Draw with Ink's own writer instead of ours.
	*/
	readonly plainOutput: boolean;
	/**
	Bring running work to a good end. The terminal is already restored. The signal is aborted when nobody waits any longer.
	*/
	readonly settle: (options: {readonly signal: AbortSignal}) => Promise<void>;
	/**
	So many milliseconds are waited for `settle` at most. The default is 10,000.
	*/
	readonly settleLimit?: number;
};

export type ScreenControls = {
	/**
	Give the terminal back to the shell until the job is continued, as Ctrl-Z does.
	*/
	readonly suspend: () => Promise<void>;
};

export type FullScreenEnd = {
	/**
	The signal to die by, if it was one that ended the app.
	*/
	readonly signal: NodeJS.Signals | undefined;
	/**
	Whether all running work came to its end.
	*/
	readonly isSettled: boolean;
};

type SuspendTerminal = ReturnType<typeof useApp>['suspendTerminal'];

type SuspensionProps = {
	readonly children: ReactNode;
	readonly onReady: (suspendTerminal: SuspendTerminal) => void;
};

function Suspension({children, onReady}: SuspensionProps) {
	const {suspendTerminal} = useApp();
	useEffect(() => {
		onReady(suspendTerminal);
	}, [onReady, suspendTerminal]);
	return <>{children}</>;
}

/**
What blocks when the terminal does not read would stop downloads too. Node has no public way to say so for its own streams.
*/
function setBlocking(stdout: NodeJS.WriteStream, isBlocking: boolean): void {
	const {_handle: handle} = stdout as {_handle?: {setBlocking?: (isBlocking: boolean) => void}};
	handle?.setBlocking?.(isBlocking);
}

async function flushed(stdout: TerminalStdout): Promise<void> {
	const written = new Promise<void>(resolve => {
		stdout.write('', () => {
			resolve();
		});
	});
	// A terminal that does not read may not keep the program from ending.
	await Promise.race([written, delay(500, undefined, {ref: false})]);
}

async function settleWithin({settle, settleLimit = 10_000, stderr}: FullScreenOptions, watch: EndWatch): Promise<{isSettled: boolean; hurry?: NodeJS.Signals}> {
	const controller = new AbortController();
	const {signal} = controller;
	const notice = setTimeout(() => {
		if (stderr.isTTY) {
			stderr.write('Finishing running work. Ctrl-C ends at once.\n');
		}
	}, 500);
	try {
		return await Promise.race([
			settle({signal}).then(() => ({isSettled: true})),
			watch.hurried.then(hurry => ({isSettled: false, hurry})),
			delay(settleLimit, {isSettled: false}, {signal}),
		]);
	} finally {
		clearTimeout(notice);
		controller.abort();
	}
}

type Screen = {
	readonly instance: Instance;
	/**
	Give the terminal back as it was.
	*/
	readonly restore: () => Promise<void>;
	readonly strayText: () => string;
};

function openScreen(createElement: (controls: ScreenControls) => ReactElement, {stdin, stdout, stderr, alternateScreen, plainOutput}: FullScreenOptions): Screen {
	setBlocking(stdout, false);
	const output = plainOutput ? new TerminalStdout(stdout) : new CellDiffStdout(stdout);
	const stray = catchStrayOutput([stdout, stderr]);
	const takeOver = () => {
		if (!alternateScreen) {
			output.takeOver();
		}
	};

	const handBack = () => {
		if (!alternateScreen) {
			output.handBack();
		}
	};

	let suspendTerminal: SuspendTerminal | undefined;
	let isSuspended = false;

	/**
	Leave the screen, do something, come back and paint all of it.
	*/
	const away = async (action: () => Promise<void>) => {
		if (isSuspended) {
			return;
		}

		isSuspended = true;
		try {
			await suspendTerminal?.(async () => {
				handBack();
				await flushed(output);
				await action();
				// The window may have changed its size meanwhile, and the signal for it went to others.
				process.emit('SIGWINCH', 'SIGWINCH');
				takeOver();
			});
		} finally {
			isSuspended = false;
		}
	};

	const suspend = async () => {
		// Windows has no stopped jobs.
		if (process.platform !== 'win32') {
			await away(stopUntilContinued);
		}
	};

	const handleStop = () => {
		void suspend();
	};

	const handleContinue = () => {
		// Stopped by SIGSTOP, which nobody can prepare for: the shell has changed the terminal since.
		void away(async () => undefined);
	};

	/**
	What must never stay, or a later error would not be seen and the shell not heard.
	*/
	const release = () => {
		process.off('SIGTSTP', handleStop);
		process.off('SIGCONT', handleContinue);
		output.release();
		stray.release();
		setBlocking(stdout, true);
		if (stdin.isTTY) {
			stdin.setRawMode(false);
		}

		stdin.pause();
		stdin.unref();
	};

	process.on('SIGTSTP', handleStop);
	process.on('SIGCONT', handleContinue);
	const onReady = (ready: SuspendTerminal) => {
		suspendTerminal = ready;
	};

	try {
		takeOver();
		const instance = render(<Suspension onReady={onReady}>{createElement({suspend})}</Suspension>, {
			stdin,
			stdout: output,
			stderr,
			alternateScreen,
			incrementalRendering: plainOutput,
			interactive: true,
			exitOnCtrlC: false,
			patchConsole: false,
			maxFps: mostFrames,
		});
		return {
			instance,
			strayText: stray.text,
			async restore() {
				try {
					instance.unmount();
					handBack();
					await flushed(output);
				} finally {
					release();
				}
			},
		};
	} catch (error) {
		release();
		throw error;
	}
}

/**
An error at the end is often only what the first one led to.
*/
function firstError(reason: EndReason | undefined, error: unknown): EndReason {
	return reason && 'error' in reason ? reason : {error};
}

/**
Run an Ink app on the whole terminal until it exits (`useApp().exit`) or something ends it: a signal, an uncaught error, the terminal that goes away. Then the terminal is as it was before, and running work has been settled, unless that took too long or somebody was impatient.

@throws The error that ended the app, whether in rendering or anywhere else.
*/
export async function runFullScreen(createElement: (controls: ScreenControls) => ReactElement, options: FullScreenOptions): Promise<FullScreenEnd> {
	const {stdin, stdout, stderr} = options;
	const watch = watchForEnd(stdin);
	// A terminal that has gone away takes no more bytes; that is no error of ours.
	const ignoreError = () => undefined;
	stdout.on('error', ignoreError);
	stderr.on('error', ignoreError);

	let reason: EndReason | undefined;
	try {
		const screen = openScreen(createElement, options);
		const exited = screen.instance.waitUntilExit().then(() => undefined).catch((error: unknown) => ({error}));
		reason = await Promise.race([exited, watch.ended]);
		watch.beginEnd();
		await screen.restore();
		if (reason && 'error' in reason) {
			stderr.write(sanitizeText(screen.strayText()));
		}
	} catch (error) {
		reason = firstError(reason, error);
	}

	try {
		const {isSettled, hurry} = await settleWithin(options, watch).catch((error: unknown) => {
			reason = firstError(reason, error);
			return {isSettled: false, hurry: undefined};
		});
		if (reason && 'error' in reason) {
			throw reason.error;
		}

		return {signal: reason?.signal ?? hurry, isSettled};
	} finally {
		watch.stop();
	}
}
