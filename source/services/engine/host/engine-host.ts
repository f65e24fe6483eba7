// The engine host: a program of its own, started by the client for one model, that ends with its client.
import process from 'node:process';
import {protocolVersion} from '../protocol-version.js';
import {openConnection} from './connection.js';
import {createJobs} from './jobs.js';
import {createLog} from './log.js';
import {silence} from './silence.js';

// `llama.dispose()` may never resolve after a failed or aborted load.
const disposeLimitMs = 500;

const log = createLog();
silence(log);

// Ctrl-C in a terminal reaches every process of it; only the client decides when this one ends.
for (const signal of ['SIGINT', 'SIGHUP'] as const) {
	process.on(signal, () => {
		log.add(`ignored ${signal}`);
	});
}

const end = () => {
	process.kill(process.pid, 'SIGKILL');
};

const connection = openConnection(request => {
	switch (request.type) {
		case 'abort': {
			jobs.abort(request.id);
			break;
		}

		case 'shutdown': {
			setTimeout(end, disposeLimitMs);
			void jobs.dispose().finally(end);
			break;
		}

		default: {
			void jobs.run(request);
		}
	}
});
const jobs = createJobs({send: connection.send, log});
connection.send({type: 'hello', version: protocolVersion, processId: process.pid});
