import {NetworkError} from '../../../errors/network-error.js';
import {createHttp} from '../../network/create-http.js';
import {createHub} from '../../network/create-hub.js';
import {type Check} from '../check.js';

const limitMs = 3000;

export const hub: Check = {
	id: 'hub',
	label: 'Model hub',
	async look({environment, config}, {signal}) {
		const http = createHttp({environment: () => environment, caCertificates: () => config.network.caCertificates});
		const client = createHub({http, environment: () => environment, configuredEndpoint: () => config.huggingFaceEndpoint});
		const limit = AbortSignal.timeout(limitMs);
		try {
			const endpoint = await client.endpoint();
			const started = performance.now();
			const response = await client.request({url: 'api/models?limit=1', signal: AbortSignal.any([signal, limit])});
			await response.discard();
			const milliseconds = Math.round(performance.now() - started);
			return response.status < 500
				? {status: 'ok', detail: `${endpoint.host} answers in ${milliseconds} ms`}
				: {status: 'warning', detail: `${endpoint.host} has trouble of its own: status ${response.status}`, hint: 'Try again later; installed models work.'};
		} catch (error) {
			signal.throwIfAborted();
			if (limit.aborted) {
				return {status: 'warning', detail: `No answer within ${limitMs / 1000} s`, hint: 'Check the connection and the proxies; installed models work offline.'};
			}

			if (error instanceof NetworkError) {
				return {status: 'warning', detail: error.message, ...(error.hint !== undefined && {hint: error.hint})};
			}

			throw error;
		} finally {
			await http.close();
		}
	},
};
