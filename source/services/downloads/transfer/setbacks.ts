import {IntegrityError} from '../../../errors/integrity-error.js';
import {NetworkError} from '../../../errors/network-error.js';
import {RemudaError} from '../../../errors/remuda-error.js';
import {partialLost} from '../disk/partial-lost.js';
import {codeOf, toDiskError} from '../disk/to-disk-error.js';

// Setbacks of a transfer that it answers by itself. They reach the user only when they go on.

/**
The signed address does not work any more: a new one has to be asked for.
*/
export function linkExpired(host: string, status: number): NetworkError {
	return new NetworkError(`${host} refused the address that the hub gave for the file (status ${status}).`, {
		code: 'link_expired',
		hint: 'Check that the clock of this machine is right, then resume the download.',
	});
}

/**
What is on disk belongs to another file than the one that is served now.
*/
export function fileChanged(host: string): IntegrityError {
	return new IntegrityError(`The file on ${host} keeps changing while it is fetched.`, {
		code: 'file_changed',
		hint: 'Resume the download later.',
	});
}

/**
What a network that wants a login, a proxy that refuses, or a server under repair answers with, whatever was asked for. Nothing of it was used.
*/
export function webPage(host: string, path: string): NetworkError {
	return new NetworkError(`${host} sent a web page instead of ${path}.`, {
		code: 'web_page',
		hint: 'A login page of the network or a company proxy may be in the way: look with a browser, then resume the download.',
	});
}

/**
An answer announces more or less bytes than it should have. Nothing of it was used.
*/
export function unexpectedSize(path: string, what: string): NetworkError {
	return new NetworkError(`${path} has an unexpected size: ${what}.`, {
		code: 'unexpected_size',
		hint: 'Resume the download later, or choose another variant.',
	});
}

/**
The connection is open, but brings next to nothing.
*/
export function stalled(host: string, milliseconds: number): NetworkError {
	return new NetworkError(`${host} sent next to nothing for ${Math.ceil(milliseconds / 1000)} s.`, {
		code: 'stalled',
		hint: 'Check the network connection, then resume the download.',
	});
}

/**
The connection ended in good order, but too early.
*/
export function cutShort(host: string): NetworkError {
	return new NetworkError(`${host} ended the file before its end.`, {
		code: 'cut_short',
		hint: 'Resume the download later.',
	});
}

/**
Anything that a transfer throws, as an error that can be told and retried: a file or folder that is gone is a setback, other troubles of the disk are not. A defect of Remuda is thrown on.
*/
export function toSetback(error: unknown): RemudaError {
	const setback = codeOf(error) === 'ENOENT' ? partialLost(error) : toDiskError(error);
	if (setback instanceof RemudaError) {
		return setback;
	}

	throw setback;
}
