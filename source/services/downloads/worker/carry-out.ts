import {type Downloads} from '../downloads.js';
import {type Answer, type Call} from './protocol.js';

/**
Does with the queue what a client asks for.
*/
export async function carryOut(downloads: Downloads, call: Call): Promise<Answer> {
	switch (call.method) {
		case 'add': {
			const {id} = await downloads.add(call.request, call.settings);
			return {id};
		}

		case 'move': {
			await downloads.move(call.id, call.to);
			return {};
		}

		case 'configure': {
			await downloads.configure(call.id, call.change);
			return {};
		}

		case 'pause':
		case 'resume':
		case 'cancel':
		case 'forget': {
			await downloads[call.method](call.id);
			return {};
		}
	}
}
