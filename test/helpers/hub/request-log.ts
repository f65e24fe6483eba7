import {type IncomingHttpHeaders} from 'node:http';

export type LoggedRequest = {
	readonly server: 'hub' | 'cdn';
	readonly method: string;
	readonly host: string;
	/**
	Path and query, as sent.
	*/
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	/**
	Known once the response is over.
	*/
	status?: number;
	/**
	What was written as its answer, headers included, whether or not it arrived. Known at the same time.
	*/
	sentBytes?: number;
};

export type RequestLog = {
	readonly requests: LoggedRequest[];
	/**
	Errors of the servers themselves.
	*/
	readonly failures: unknown[];
	readonly add: (request: LoggedRequest) => LoggedRequest;
};

export function createRequestLog(): RequestLog {
	const requests: LoggedRequest[] = [];
	return {
		requests,
		failures: [],
		add(request) {
			requests.push(request);
			return request;
		},
	};
}
