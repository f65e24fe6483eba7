import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createConversations} from '../../../source/services/chat/create-conversations.js';
import {openStorage} from '../../../source/services/storage/open-storage.js';
import {type Conversation} from '../../../source/types/conversation.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

async function temporaryConversations() {
	const folder = await temporaryFolder();
	const file = folder.join('remuda.sqlite');
	const storage = openStorage({path: file});
	return {
		file,
		storage,
		conversations: createConversations({storage}),
		async [Symbol.asyncDispose]() {
			await storage.close();
			await folder[Symbol.asyncDispose]();
		},
	};
}

function conversation(id: string, changes: Partial<Conversation> = {}): Conversation {
	return {
		id,
		title: `Chat ${id}`,
		modelId: 'starter',
		systemPrompt: 'Be brief.\nBe kind.',
		template: 'terse',
		sampling: {
			temperature: 0.7, topP: 0.95, topK: 40, minP: 0.05, repeatPenalty: 1.1, maxTokens: 1024, seed: 7,
		},
		messages: [
			{role: 'user', content: 'What is the capital of France?'},
			{
				role: 'assistant',
				content: 'The capital of France is Paris.\n日本語',
				stopped: true,
				statistics: {
					promptTokens: 10,
					cachedPromptTokens: 2,
					generatedTokens: 8,
					promptTokensPerSecond: 100.5,
					generationTokensPerSecond: 50.25,
					timeToFirstTokenMs: 12,
					interTokenLatencyMs: 20,
					contextUsed: 18,
					contextSize: 1024,
				},
			},
		],
		createdAt: '2026-01-01T00:00:00.000Z',
		updatedAt: '2026-01-01T00:00:00.000Z',
		...changes,
	};
}

test('chats are there for the next program, word for word, the last used first', async () => {
	await using world = await temporaryConversations();
	const chats = [conversation('a'), conversation('b', {updatedAt: '2026-03-01T00:00:00.000Z'}), conversation('c', {updatedAt: '2026-02-01T00:00:00.000Z'})];
	await Promise.all(chats.map(async chat => world.conversations.save(chat)));
	await world.storage.close();
	const storage = openStorage({path: world.file});
	const conversations = createConversations({storage});
	assert.deepEqual(await conversations.list(), [chats[1], chats[2], chats[0]]);
	await conversations.save({...chats[0]!, messages: [], updatedAt: '2026-04-01T00:00:00.000Z'});
	await conversations.delete('b');
	await conversations.delete('never');
	const left = await conversations.list();
	assert.deepEqual(left.map(({id, messages}) => [id, messages.length]), [['a', 0], ['c', 2]]);
	await storage.close();
});

test('a chat without a title gets its first question, in one clean line', async () => {
	await using world = await temporaryConversations();
	const titles = async (content: string) => {
		await world.conversations.save(conversation('a', {title: '', messages: content === '' ? [] : [{role: 'user', content}]}));
		const [saved] = await world.conversations.list();
		return saved?.title;
	};

	assert.equal(await titles('Hello\n\tthere \u{1B}[31mred'), 'Hello there red');
	assert.equal(await titles('x'.repeat(1_000_000)), `${'x'.repeat(59)}…`);
	assert.equal(await titles('日'.repeat(100)), `${'日'.repeat(29)}…`);
	assert.equal(await titles(''), 'Untitled');
});

test('an odd figure does not cost the answer', async () => {
	await using world = await temporaryConversations();
	const chat = conversation('a');
	const [question, answer] = chat.messages;
	await world.conversations.save({...chat, messages: [question!, {...answer!, statistics: {...answer!.statistics!, promptTokensPerSecond: Infinity}}]});
	const [saved] = await world.conversations.list();
	assert.equal(saved?.messages[1]?.content, answer?.content);
	assert.equal(saved?.messages[1]?.statistics, undefined);
});

test('a chat beyond reason is refused, and what was kept of it stays', async () => {
	await using world = await temporaryConversations();
	await world.conversations.save(conversation('a'));
	const long = conversation('a', {messages: [{role: 'user', content: 'x'.repeat(5_000_000)}]});
	await assert.rejects(world.conversations.save(long), {code: 'conversation_too_large', exitCode: 2});
	const many = conversation('a', {messages: Array.from({length: 10_001}, () => ({role: 'user', content: 'x'}) as const)});
	await assert.rejects(world.conversations.save(many), {code: 'conversation_too_large'});
	const [saved] = await world.conversations.list();
	assert.deepEqual(saved, conversation('a'));
});

test('what somebody else has written into a chat reaches no terminal as a control sequence', async () => {
	await using world = await temporaryConversations();
	const hostile = 'one\n\u{1B}]0;title\u{7}\u{1B}[31mtwo\u{0}\u{202E}';
	await world.conversations.save(conversation('a', {title: hostile, systemPrompt: hostile, messages: [{role: 'user', content: hostile}]}));
	const [chat] = await world.conversations.list();
	assert.deepEqual([chat?.title, chat?.systemPrompt, chat?.messages[0]?.content], ['one two', 'one\ntwo', 'one\ntwo']);
});
