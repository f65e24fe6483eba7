import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chatSettings} from '../../../source/services/load-plans/templates/chat-settings.js';
import {findTemplate, listTemplates} from '../../../source/services/load-plans/templates/list-templates.js';
import {type Config} from '../../../source/types/config.js';
import {usualSampling} from '../../../source/format/setting-numbers.js';

const config: Pick<Config, 'chat' | 'templates'> = {
	chat: {
		defaultModel: 'starter', systemPrompt: 'Be kind.', sampling: usualSampling, template: '',
	},
	templates: {review: {systemPrompt: 'Review this.', temperature: 0.2, contextSize: 9000}, interface: {maxTokens: 64}},
};

test('without a template the settings of chats count', () => {
	assert.deepEqual(chatSettings(config), {systemPrompt: 'Be kind.', sampling: usualSampling, plan: {}});
});

test('the built-in templates answer shortly, and at length', () => {
	const brief = chatSettings({...config, templates: {}}, 'interface');
	const long = chatSettings({...config, templates: {}}, 'knowledge');
	assert.ok(brief.sampling.temperature < long.sampling.temperature);
	assert.ok(brief.sampling.maxTokens < long.sampling.maxTokens);
	assert.ok(brief.plan.contextSize! < long.plan.contextSize!);
	assert.equal(brief.sampling.topK, usualSampling.topK);
});

test('the user’s own are found beside them, and change built-in ones', () => {
	assert.deepEqual(listTemplates(config).map(({name, origin}) => `${name} ${origin}`), ['interface config', 'knowledge built-in', 'embedding built-in', 'review config']);
	const {systemPrompt, sampling, plan} = chatSettings({...config, chat: {...config.chat, template: 'review'}});
	assert.deepEqual([systemPrompt, sampling.temperature, sampling.topP, plan], ['Review this.', 0.2, usualSampling.topP, {contextSize: 9000}]);
	const {sampling: changed, plan: unchanged} = findTemplate(config, 'interface');
	assert.deepEqual([changed.maxTokens, changed.temperature, unchanged.contextSize], [64, 0.1, 4096]);
});

test('an unknown name lists those there are; one without text is not for chats', () => {
	assert.throws(() => findTemplate(config, 'knowlege'), {code: 'unknown_template', exitCode: 3, hint: 'Did you mean knowledge? There are interface, knowledge, embedding, review.'});
	const broken = {...config, chat: {...config.chat, template: 'gone'}};
	assert.throws(() => chatSettings(broken), {code: 'unknown_template', hint: /^chat\.template names it: remuda config set chat\.template "" /v});
	assert.throws(() => chatSettings(config, 'embedding'), {code: 'template_without_text', exitCode: 2});
});
