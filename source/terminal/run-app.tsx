import {setFlagsFromString} from 'node:v8';
import process from 'node:process';
import {type Services} from '../services/services.js';
import {App} from '../ui/app.js';
import {createSession, type Session} from './create-session.js';
import {dieBySignal} from './die-by-signal.js';
import {runFullScreen} from './full-screen.js';
import {type AppOptions} from './start-app.js';
import {sizeOf} from './terminal-stdout.js';

/**
Draws the app until it ends, then settles what runs.
*/
export async function runApp({alternateScreen, plainOutput}: AppOptions): Promise<number> {
	const {stdin, stdout, stderr} = process;
	const session = createSession(sizeOf(stdout));
	const handleResize = () => {
		session.store.dispatch({type: 'screen/resized', ...sizeOf(stdout)});
	};

	let opening: Promise<Services> | undefined;
	const open = async () => {
		opening = openServices(session);
		// An error in here is caught by nobody and ends the app as any such does: the terminal is restored before it is told.
		await opening;
	};

	stdout.on('resize', handleResize);
	const {signal, isSettled} = await runFullScreen(({suspend}) => {
		// The first frame does not wait for settings, database and network to be imported.
		setImmediate(() => {
			void open();
		});
		return <App store={session.store} hasColors={stdout.hasColors()} onSuspend={suspend}/>;
	}, {
		stdin,
		stdout,
		stderr,
		alternateScreen,
		plainOutput,
		async settle() {
			await session.close();
			const services = await opening?.catch(() => undefined);
			await services?.close();
		},
	});
	stdout.off('resize', handleResize);
	if (signal !== undefined) {
		dieBySignal(signal);
	}

	if (!isSettled) {
		stderr.write('Some work was cut short. What was downloaded is kept.\n');
	}

	return 0;
}

async function openServices({begin}: Session): Promise<Services> {
	// From here on little is made that lasts: a young generation that grows would only be more memory.
	setFlagsFromString('--semi-space-growth-factor=1');
	const {createServices} = await import('../services/create-services.js');
	const services = await createServices({environment: process.env});
	begin(services);
	return services;
}
