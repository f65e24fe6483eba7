import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import {createServices} from '../../source/services/create-services.js';
import {type Conversation} from '../../source/types/conversation.js';
import {endless} from './helpers/endless.js';
import {invoke, jsonLines} from './helpers/invoke.js';
import {answerEventSchema} from './helpers/schemas.js';
import {temporaryHome} from './helpers/temporary-home.js';

void test('without a terminal each line is a question, and each answer goes to stdout', async () => {
	await using home = await temporaryHome();
	const stdin = 'What is the capital of France?\n\n/new\nWhat is the capital of Italy?\n/exit\nWhat is the capital of Spain?\n';
	const {exitCode, stdout} = await invoke(['chat', 'starter', '--temperature', '0', '--json'], {...home, stdin});
	assert.equal(exitCode, 0);
	const answers = jsonLines(stdout).map(line => answerEventSchema.parse(line)).filter(event => event.type === 'completed');
	assert.equal(answers.length, 2);
	assert.match(answers[0]!.text, /Paris/v);
	assert.match(answers[1]!.text, /Rome/v);
});

/**
Plays a person who types the next line whenever the prompt appears; `\u0003` is Ctrl-C, pressed once the answer begins.
*/
function typist(lines: readonly string[]) {
	const stdin = Object.assign(new PassThrough(), {isTTY: true, setRawMode: () => undefined});
	const left = [...lines];
	let prompts = 0;
	let answered = 0;
	return {
		stdin,
		onOutput(stdout: string, stderr: string) {
			const seen = stderr.split('> ').length - 1;
			const isDue = left[0] === '\u{3}' ? stdout.length > answered : seen > prompts;
			const line = isDue ? left.shift() : undefined;
			if (line === undefined) {
				return;
			}

			prompts = seen;
			answered = stdout.length;
			stdin.write(line === '\u{3}' ? line : `${line}\r`);
		},
	};
}

async function keptConversations(environment: NodeJS.ProcessEnv): Promise<readonly Conversation[]> {
	const services = await createServices({environment});
	try {
		return await services.conversations.list();
	} finally {
		await services.close();
	}
}

void test('with a terminal a conversation is held and kept', async () => {
	await using home = await temporaryHome();
	const person = typist(['What is the capital of France?', '/system Be brief.', 'What is the capital of Italy?', '/exit']);
	const {exitCode, stdout, stderr} = await invoke(['chat', '--temperature', '0'], {...home, ...person, terminalWidth: 80});
	assert.equal(exitCode, 0);
	assert.match(stdout, /Paris.*\n.*\n$/v);
	assert.match(stderr, /Talking with starter/v);
	const kept = await keptConversations(home.environment);
	assert.deepEqual(kept.map(({title, modelId, systemPrompt}) => [title, modelId, systemPrompt]), [
		['What is the capital of Italy?', 'starter', 'Be brief.'],
		['What is the capital of France?', 'starter', ''],
	]);
	assert.match(kept[1]!.messages[1]!.content, /Paris/v);
});

void test('Ctrl-C stops an answer and not the conversation', async () => {
	await using home = await temporaryHome();
	const person = typist(['Tell me a story.', '\u{3}', '/exit']);
	const {exitCode, stdout} = await invoke(['chat', ...endless], {...home, ...person, terminalWidth: 80});
	assert.equal(exitCode, 0);
	assert.match(stdout, /\n$/v);
	const [kept] = await keptConversations(home.environment);
	assert.equal(kept?.messages[1]?.stopped, true);
});

void test('Ctrl-C at the prompt ends with 130', async () => {
	await using home = await temporaryHome();
	const stdin = Object.assign(new PassThrough(), {isTTY: true, setRawMode: () => undefined});
	const {exitCode, stdout} = await invoke(['chat'], {
		...home,
		stdin,
		terminalWidth: 80,
		onOutput(_stdout, stderr) {
			if (stderr.endsWith('> ') || stderr.includes('> ')) {
				stdin.write('\u{3}');
			}
		},
	});
	assert.equal(exitCode, 130);
	assert.equal(stdout, '');
});
