import {isAnsweredByFault} from './apply-faults.js';
import {sendText, type Exchange} from './exchange.js';
import {hashesOf} from './hub-repository.js';
import {type Store} from './store.js';
import {sendFile} from './send-file.js';
import {checkSignature} from './signed-url.js';
import {createThrottle, type Throttle} from './throttle.js';

const prefix = '/xet-bridge/';

/**
How many downloads the second host has at once; the others are refused.
*/
export type ConnectionLimit = {
	readonly count: number;
	readonly status: 429 | 503;
	readonly headers?: Readonly<Record<string, string>>;
};

export type CdnOptions = {
	readonly store: Store;
	readonly throttle: Throttle;
	readonly connectionRate: () => number | undefined;
	readonly connectionLimit: ConnectionLimit | undefined;
	/**
	Downloads that are under way.
	*/
	readonly active: Set<Exchange>;
};

/**
The second host: bytes behind signed addresses. It knows no accounts, and a token sent here is refused (and remembered, see `HubServer.close`).
*/
export async function answerAsCdn(exchange: Exchange, options: CdnOptions): Promise<void> {
	const {request, url} = exchange;
	if (request.headers.authorization !== undefined) {
		sendXml(exchange, 400, 'InvalidArgument', 'Only one auth mechanism allowed');
		return;
	}

	if (await isAnsweredByFault(exchange)) {
		return;
	}

	const signature = checkSignature(url);
	if (signature !== 'valid') {
		sendXml(exchange, 403, 'AccessDenied', signature === 'expired' ? 'Request has expired' : 'The signature does not match');
		return;
	}

	await answerWithFile(exchange, options);
}

async function answerWithFile(exchange: Exchange, {store, throttle, connectionRate, connectionLimit, active}: CdnOptions): Promise<void> {
	const {response, path, faults} = exchange;
	const found = store.fileByStoragePath(path.slice(prefix.length));
	if (found === undefined) {
		sendText(response, 404, '', {});
		return;
	}

	const file = faults.get('other-file')?.file ?? found.file;
	const {xetHash} = await hashesOf(found.path, file);
	if (connectionLimit !== undefined && active.size >= connectionLimit.count) {
		sendText(response, connectionLimit.status, '', connectionLimit.headers ?? {});
		return;
	}

	active.add(exchange);
	try {
		await sendFile(exchange, {
			file, etag: `"${xetHash}"`, headers: {}, throttles: [throttle, createThrottle(connectionRate())],
		});
	} finally {
		active.delete(exchange);
	}
}

function sendXml({response}: Exchange, status: number, code: string, message: string): void {
	sendText(response, status, `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`, {'content-type': 'application/xml'});
}
