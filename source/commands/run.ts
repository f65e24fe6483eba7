import {type ChatMessage} from '../types/generation.js';
import {chatSettings} from '../services/load-plans/templates/chat-settings.js';
import {ArgumentError} from './argument-error.js';
import {takeArguments} from './arguments.js';
import {streamAnswer} from './answer.js';
import {type Command, type CommandContext} from './command.js';
import {textFlag} from './flags.js';
import {runJob} from './job.js';
import {planFlags, readPlanFlags} from './plan-flags.js';
import {readInput} from './read-input.js';
import {generationRecord} from './measurement-records.js';
import {readSampling, samplingFlags} from './sampling-flags.js';

export const command: Command = {
	usage: ['run REF PROMPT [FLAGS]', 'run REF - < FILE'],
	description: 'Streams the answer to stdout. Without PROMPT, or with - for it, the prompt is read from stdin. Put -- before a PROMPT that begins with a dash.',
	flags: {...samplingFlags, ...planFlags},
	examples: ['run starter "What is the capital of France?"', 'run qwen2.5-coder-7b-q5 - --system "Review this." < change.diff', 'run starter "Name a colour." --template interface'],
	exitCodes: {3: 'no such model is installed, or no such template', 5: 'the model file is broken', 7: 'the model does not fit in memory'},
	async run(context) {
		const [reference, ...words] = takeArguments(context, {name: 'a model reference', minimum: 1});
		// A wrong flag or model is said before anything is read or loaded.
		const {config, inventory} = await context.services();
		readPlanFlags(context.flags);
		const {systemPrompt, sampling: defaults} = chatSettings(config.current(), textFlag(context.flags, 'template'));
		const sampling = readSampling(context.flags, defaults);
		const {id: model} = await inventory.find(reference!);
		const prompt = await readPrompt(context, words);
		const system = textFlag(context.flags, 'system') ?? systemPrompt;
		const messages: ChatMessage[] = [
			...(system === '' ? [] : [{role: 'system', content: system} as const]),
			{role: 'user', content: prompt},
		];
		const {signal} = context;
		await runJob(context, {model}, async () => {
			const result = await streamAnswer(context, {
				model, messages, sampling, signal,
			});
			signal.throwIfAborted();
			return generationRecord(result);
		});
	},
};

async function readPrompt({streams: {stdin}, signal}: CommandContext, words: readonly string[]): Promise<string> {
	const isFromInput = words.length === 0 || (words.length === 1 && words[0] === '-');
	if (isFromInput && words.length === 0 && stdin.isTTY === true) {
		throw new ArgumentError('Missing: the prompt.', {code: 'missing_argument'});
	}

	const prompt = isFromInput ? await readInput(stdin, {signal}) : words.join(' ');
	if (prompt.trim() === '') {
		throw new ArgumentError('The prompt is empty.', {code: 'empty_prompt'});
	}

	return prompt;
}
