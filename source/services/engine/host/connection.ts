import {Socket} from 'node:net';
import process from 'node:process';
import {createLineReader} from '../../flow/line-reader.js';
import {protocolFileDescriptor} from '../protocol-version.js';
import {type HostEvent, type HostRequest} from '../protocol.js';

export type Connection = {
	readonly send: (event: HostEvent) => void;
};

/**
The line to the client. The host lives exactly as long as it: when the client goes away, however it went, the host ends at once,
by a signal, because an orderly exit can wait for a native library for ever.
*/
export function openConnection(onRequest: (request: HostRequest) => void): Connection {
	const socket = new Socket({fd: protocolFileDescriptor, readable: true, writable: true});
	const end = () => {
		process.kill(process.pid, 'SIGKILL');
	};

	socket.on('data', createLineReader({
		maximumLength: Infinity,
		onLine(line) {
			onRequest(JSON.parse(line) as HostRequest);
		},
		onOverflow: end,
	}));
	socket.on('error', end);
	socket.on('close', end);
	return {
		send(event) {
			socket.write(`${JSON.stringify(event)}\n`);
		},
	};
}
