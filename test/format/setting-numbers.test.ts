import assert from 'node:assert/strict';
import {test} from 'node:test';
import {configSchema} from '../../source/services/config/config-schema.js';
import {integerFlag, numberFlag} from '../../source/commands/flags.js';
import {readSampling} from '../../source/commands/sampling-flags.js';
import {formatBenchSettings, parseBenchSettings} from '../../source/format/bench-settings.js';
import {formatSampling, parseSampling} from '../../source/format/sampling.js';
import {
	benchNumbers,
	samplingNumbers,
	usualBenchSettings,
	usualSampling,
} from '../../source/format/setting-numbers.js';
import {initialState} from '../../source/state/reducers/root.js';

const config = configSchema.parse({});

/**
Whether the config, the prompt and a flag take a number each.
*/
function takers(name: string, value: number): readonly boolean[] {
	const isBench = Object.hasOwn(benchNumbers, name);
	const group = isBench ? {bench: {[name]: value}} : {chat: {sampling: {[name]: value}}};
	const parsed = isBench ? parseBenchSettings(`${name} ${value}`, usualBenchSettings) : parseSampling(`${name} ${value}`, usualSampling);
	return [configSchema.safeParse(group).success, 'value' in parsed];
}

test('the config and the prompts take the same numbers, to the very ends of their ranges', () => {
	const table = Object.entries({...samplingNumbers, ...benchNumbers});
	const wrong = table.filter(([name, {minimum, maximum}]) => [
		...takers(name, minimum),
		...takers(name, maximum),
		...takers(name, minimum - 0.01).map(isTaken => !isTaken),
		...takers(name, maximum + 1).map(isTaken => !isTaken),
	].includes(false));
	assert.deepEqual(wrong.map(([name]) => name), []);
});

test('so do the flags', () => {
	assert.equal(readSampling({repeatPenalty: '0.1', maxTokens: '1048576'}, usualSampling).repeatPenalty, 0.1);
	assert.throws(() => readSampling({repeatPenalty: '5.1'}, usualSampling), /from 0\.1 to 5/v);
	assert.throws(() => integerFlag({generatedTokens: '1'}, 'generatedTokens', benchNumbers.generated_tokens), /from 2 to 131072/v);
	assert.equal(numberFlag({topP: '1'}, 'topP', samplingNumbers.top_p), 1);
});

test('what nobody has set is the same in the config and on the screen before it is read', () => {
	const {seed: _seed, ...sampling} = config.chat.sampling;
	assert.deepEqual(parseSampling(formatSampling(usualSampling), usualSampling), {value: {...usualSampling, seed: undefined}});
	assert.equal(formatSampling(usualSampling), `${Object.entries(sampling).map(([name, value]) => `${name} ${value}`).join(' ')} seed none`);
	assert.equal(formatBenchSettings(usualBenchSettings), Object.entries(config.bench).map(([name, value]) => `${name} ${value}`).join(' '));
	assert.deepEqual(initialState.bench.settings, usualBenchSettings);
	assert.deepEqual(initialState.chat.conversation.sampling, usualSampling);
});
