import {once} from 'node:events';
import {setTimeout as wait} from 'node:timers/promises';
import {sendText, type Exchange} from './exchange.js';

const page = '<!doctype html><title>Sign in</title><p>Welcome to the airport network. Please accept our terms.</p>\n';

/**
Does what a fault does instead of, or before, the proper answer; true when the request has been answered by it.
*/
export async function isAnsweredByFault(exchange: Exchange): Promise<boolean> {
	const {response, faults, signal} = exchange;
	const delay = faults.get('delay');
	if (delay !== undefined) {
		await wait(delay.milliseconds ?? 100, undefined, {signal});
	}

	const dripping = faults.get('slow-headers');
	if (dripping !== undefined) {
		await dripHeaders(exchange, dripping.milliseconds ?? 100);
		return true;
	}

	const redirect = faults.get('redirect');
	const status = faults.get('status');
	if (status !== undefined) {
		sendText(response, status.status ?? 503, status.body ?? '', {'content-type': 'text/plain; charset=utf-8', ...status.headers});
	} else if (redirect !== undefined) {
		sendText(response, 302, '', {...redirect.headers, location: redirect.location ?? '/'});
	} else if (faults.has('html')) {
		sendText(response, 200, page, {'content-type': 'text/html; charset=utf-8'});
	} else {
		return false;
	}

	return true;
}

/**
A byte at a time, until the client has had enough.
*/
async function dripHeaders({response, signal}: Exchange, milliseconds: number): Promise<void> {
	for (const byte of `HTTP/1.1 200 OK\r\nx-patience: ${'a'.repeat(10_000)}`) {
		response.socket?.write(byte);
		// eslint-disable-next-line no-await-in-loop -- that is the point
		await wait(milliseconds, undefined, {signal});
	}
}

/**
For answers that are not files: `reset` and `stall` of the hub come before the first byte.
*/
export async function isCutByFault({response, faults, signal}: Exchange): Promise<boolean> {
	if (faults.has('reset')) {
		response.socket?.resetAndDestroy();
		return true;
	}

	if (faults.has('stall')) {
		await once(signal, 'abort');
		return true;
	}

	return false;
}
