import assert from 'node:assert/strict';
import {test} from 'node:test';
import {prepareHistory, toHistory} from '../../../../source/services/engine/host/history.js';
import {type ChatMessage} from '../../../../source/types/generation.js';

const question: ChatMessage = {role: 'user', content: 'What is the capital of France?'};
const answer: ChatMessage = {role: 'assistant', content: 'Paris.'};
const next: ChatMessage = {role: 'user', content: 'And of Japan?'};

const exchange: Parameters<typeof prepareHistory>[1] = {
	messages: [question, answer],
	evaluation: {
		cleanHistory: [{type: 'user', text: 'clean'}],
		contextWindow: [{type: 'user', text: 'window'}],
		contextShiftMetadata: {shifted: true},
	},
};

test('leaves out an empty system message and what the model thought', () => {
	const messages: readonly ChatMessage[] = [
		{role: 'system', content: ' \n'}, question, {role: 'assistant', content: '<think>\nFrance…\n</think>\n\nParis.'}, next, {role: 'assistant', content: '<think>never ended'},
	];
	assert.deepEqual(toHistory(messages), [
		{type: 'user', text: 'What is the capital of France?'},
		{type: 'model', response: ['Paris.']},
		{type: 'user', text: 'And of Japan?'},
		{type: 'model', response: ['']},
	]);
	assert.deepEqual(toHistory([{role: 'system', content: 'Be brief.'}]), [{type: 'system', text: 'Be brief.'}]);
});

test('goes on from the last exchange when the conversation is the same', () => {
	assert.deepEqual(prepareHistory([question, {role: 'assistant', content: 'Paris.\n'}, next], exchange), {
		history: [{type: 'user', text: 'clean'}, {type: 'user', text: 'And of Japan?'}],
		contextWindow: [{type: 'user', text: 'window'}, {type: 'user', text: 'And of Japan?'}],
		contextShiftMetadata: {shifted: true},
	});
});

test('starts anew when the conversation is another', () => {
	const conversations: ReadonlyArray<readonly ChatMessage[]> = [
		[question, {role: 'assistant', content: 'Lyon.'}, next],
		[next],
		[question, answer, next, answer, question],
		[{role: 'system', content: 'Be brief.'}, question, answer, next],
	];
	assert.deepEqual(conversations.map(messages => prepareHistory(messages, exchange)), conversations.map(messages => ({history: toHistory(messages)})));
	assert.deepEqual(prepareHistory([next], undefined), {history: toHistory([next])});
});
