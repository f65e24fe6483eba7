import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	conversationTitle,
	promptOf,
	startConversation,
	withAnswer,
	withQuestion,
} from '../../source/format/conversation.js';
import {usualSampling} from '../../source/format/setting-numbers.js';
import {type ConversationMessage} from '../../source/types/conversation.js';

const begun = withQuestion(startConversation({modelId: 'starter', systemPrompt: 'Be brief.', sampling: usualSampling}), 'One?');
const answer = (content: string): ConversationMessage => ({role: 'assistant', content});
const stopped = (content: string): ConversationMessage => ({role: 'assistant', content, stopped: true});
const titleOf = (content: string) => conversationTitle([answer('Not this.'), {role: 'user', content}]);

test('a title is the first question in one line of at most 60 cells', () => {
	assert.equal(titleOf('Hello\n\tthere \u{1B}[31mred'), 'Hello there red');
	assert.equal(titleOf('x'.repeat(1_000_000)), `${'x'.repeat(59)}…`);
	assert.equal(titleOf('日'.repeat(100)), `${'日'.repeat(29)}…`);
	assert.equal(titleOf('🐎'.repeat(80)).isWellFormed(), true);
	assert.equal(titleOf(' \n '), 'Untitled');
});

test('the title stays that of the first question', () => {
	const answered = withAnswer(begun, answer('Yes.'));
	assert.equal(withQuestion(answered, 'Two?').title, 'One?');
});

test('the model is given the system prompt and all up to the last question', () => {
	const answered = withAnswer(begun, answer('Yes.'));
	const second = withQuestion(answered, 'Two?');
	const prompt = [
		{role: 'system', content: 'Be brief.'}, {role: 'user', content: 'One?'}, {role: 'assistant', content: 'Yes.'}, {role: 'user', content: 'Two?'},
	];
	assert.deepEqual(promptOf(second), prompt);
	const whole = withAnswer(second, answer('No.'));
	assert.deepEqual(promptOf(whole), prompt);
	assert.deepEqual(promptOf({...begun, systemPrompt: ''}), [{role: 'user', content: 'One?'}]);
});

test('a whole answer gives way to a whole one only, a stopped one to any', () => {
	const contentOf = (...answers: readonly ConversationMessage[]) => {
		let conversation = begun;
		for (const next of answers) {
			conversation = withAnswer(conversation, next);
		}

		return conversation.messages.slice(1).map(({content}) => content);
	};

	assert.deepEqual(contentOf(answer('a'), answer('b')), ['b']);
	assert.deepEqual(contentOf(answer('a'), stopped('b')), ['a']);
	assert.deepEqual(contentOf(stopped('a'), stopped('b')), ['b']);
	assert.deepEqual(contentOf(stopped('a'), answer('b')), ['b']);
});
