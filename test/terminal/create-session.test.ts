import assert from 'node:assert/strict';
import {writeFile} from 'node:fs/promises';
import {test} from 'node:test';
import {createServices} from '../../source/services/create-services.js';
import {createSession} from '../../source/terminal/create-session.js';
import {temporaryFolder} from '../helpers/temporary-folder.js';

test('a question asked before the services are there is asked as the config says', async () => {
	await using folder = await temporaryFolder();
	await writeFile(folder.join('config.json'), JSON.stringify({chat: {default_model: 'not-here', system_prompt: 'Be brief.'}}));
	const {store, begin, close} = createSession({columns: 80, rows: 24});
	store.dispatch({type: 'chat/submitted', text: 'Hello?'});
	const services = await createServices({environment: {HOME: folder.path, REMUDA_HOME: folder.path, HF_ENDPOINT: 'http://127.0.0.1:9'}, downloads: 'in-process'});
	try {
		const {promise, resolve} = Promise.withResolvers<void>();
		store.subscribe(() => {
			const {error, conversation} = store.getState().chat;
			if (error !== undefined || conversation.messages.length > 1) {
				resolve();
			}
		});
		begin(services);
		await promise;
		assert.match(store.getState().chat.error?.message ?? '', /not-here/v);
		const [kept] = await services.conversations.list();
		assert.deepEqual([kept?.modelId, kept?.systemPrompt, kept?.messages.map(({content}) => content)], ['not-here', 'Be brief.', ['Hello?']]);
	} finally {
		await close();
		await services.close();
	}
});
