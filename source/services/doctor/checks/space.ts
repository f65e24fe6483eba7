import {formatBytes} from '../../../format/bytes.js';
import {freeSpace} from '../../downloads/disk/free-space.js';
import {type Check} from '../check.js';

// Below this hardly any model of use can be downloaded.
const scarceBytes = 5e9;

export const space: Check = {
	id: 'space',
	label: 'Disk of the models',
	async look({paths}) {
		const free = await freeSpace(paths.models);
		if (free === undefined) {
			return {status: 'warning', detail: `The system does not tell how much is free for ${paths.models}`};
		}

		const detail = `${formatBytes(free)} free for ${paths.models}`;
		return free >= scarceBytes
			? {status: 'ok', detail}
			: {
				status: 'warning',
				detail,
				hint: 'Make room with remuda cache prune, or move models_directory of the settings to another volume.',
			};
	},
};
