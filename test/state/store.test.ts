import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Action} from '../../source/state/actions.js';
import {initialState, reduce} from '../../source/state/reducers/root.js';
import {type AppState} from '../../source/state/state.js';
import {createStore} from '../../source/state/store.js';

const openChat: Action = {type: 'screen/tab-opened', tab: 'chat'};
const openCache: Action = {type: 'screen/tab-opened', tab: 'cache'};

function openStore(onAction: (action: Action) => void = () => undefined) {
	return createStore({initialState, reduce, onAction});
}

test('subscribers hear of a change, and of nothing that changes nothing', () => {
	const store = openStore();
	let heard = 0;
	const unsubscribe = store.subscribe(() => {
		heard++;
	});
	store.dispatch(openChat);
	store.dispatch(openChat);
	assert.equal(heard, 1);
	assert.equal(store.getState().screen.tab, 'chat');
	unsubscribe();
	store.dispatch(openCache);
	assert.equal(heard, 1);
});

test('an action dispatched by a subscriber waits for the one under way, so that effects see all in order', () => {
	const handled: string[] = [];
	const store = openStore(action => {
		handled.push(action.type === 'screen/tab-opened' ? action.tab : action.type);
	});
	store.subscribe(() => {
		if (store.getState().screen.tab !== 'chat') {
			return;
		}

		store.dispatch(openCache);
		assert.equal(store.getState().screen.tab, 'chat', 'it was reduced at once');
	});
	store.dispatch(openChat);
	assert.deepEqual(handled, ['chat', 'cache']);
	assert.equal(store.getState().screen.tab, 'cache');
});

test('a subscriber that throws does not block the store', () => {
	const store = openStore();
	const unsubscribe = store.subscribe(() => {
		throw new Error('drawing failed');
	});
	assert.throws(() => {
		store.dispatch(openChat);
	}, /drawing failed/v);
	unsubscribe();
	store.dispatch(openCache);
	assert.equal(store.getState().screen.tab, 'cache');
});

test('a slice that an action does not concern stays the same object', () => {
	const store = openStore();
	const before = store.getState();
	store.dispatch(openChat);
	const after = store.getState();
	assert.notEqual(after.screen, before.screen);
	const changed = (Object.keys(after) as ReadonlyArray<keyof AppState>).filter(slice => after[slice] !== before[slice]);
	assert.deepEqual(changed, ['screen']);
});
