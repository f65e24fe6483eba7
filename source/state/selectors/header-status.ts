import {type AppState} from '../state.js';
import {isVerifying} from './cache-rows.js';
import {selectDownloadsStatus} from './downloads.js';

/**
What goes on in the background, in a few words at the right of the header; `Remuda` when nothing does.
*/
export function selectHeaderStatus(state: AppState): string {
	const parts = [
		state.hardware.simulated && `what if: ${state.hardware.simulated.description}`,
		selectDownloadsStatus(state),
		isVerifying(state) ? 'checking files' : undefined,
		state.chat.answering ? 'answering' : undefined,
		state.bench.queue.length > 0 ? 'measuring' : undefined,
	].filter(part => part !== undefined);
	return parts.length === 0 ? 'Remuda' : parts.join(' · ');
}
