import {type Action} from '../../state/actions.js';
import {type ListMove} from '../../state/list-view.js';
import {type AppState} from '../../state/state.js';
import {type KeyBinding, type Scope} from '../key-binding.js';

const moves: ReadonlyArray<readonly [move: ListMove, label: string, keys: readonly string[]]> = [
	['up', 'up', ['up', 'k']],
	['down', 'down', ['down', 'j']],
	['page-up', 'page up', ['pageup', 'ctrl+u']],
	['page-down', 'page down', ['pagedown', 'ctrl+d']],
	['first', 'first', ['g', 'home']],
	['last', 'last', ['G', 'end']],
];

/**
The keys that move through a list, the same everywhere.
*/
export function listKeys(scope: Scope, act: (move: ListMove, state: AppState) => readonly Action[]): readonly KeyBinding[] {
	return moves.map(([move, label, keys]) => ({
		id: `${scope}.${move}`, label, keys, scope, actions: state => act(move, state),
	}));
}
