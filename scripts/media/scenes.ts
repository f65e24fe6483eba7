import {type Condition} from '../../test/helpers/terminal/screen.js';

/**
One thing to do: press a key, type a text, wait for what shall stand on the screen, or until nothing has been drawn for so many milliseconds.
*/
export type Step =
	| {readonly press: string}
	| {readonly still: number}
	| {readonly type: string}
	| {readonly wait: Condition};

export type Scene = {
	/**
	The name of the picture.
	*/
	readonly name: string;
	readonly steps: readonly Step[];
};

const press = (...keys: readonly string[]): Step[] => keys.map(key => ({press: key}));

/**
The tour through the tabs, in order: each scene goes on where the one before has left the app.
*/
export const scenes: readonly Scene[] = [
	{
		name: 'browse',
		steps: [{wait: /Qwen2\.5 Coder[\s\S]*fits/v}, {still: 1500}, ...press('g', 'Down', 'Down')],
	},
	{
		name: 'downloads',
		steps: [
			{press: '/'},
			{type: 'tinychat-2.6M'},
			{wait: /remuda\/tiny/v},
			{press: 'Enter'},
			{wait: /› {0,8}remuda\/tiny/v},
			{press: 'Enter'},
			{wait: /› {0,8}Q8_0/v},
			{press: 'd'},
			{wait: /Queued/v},
			{press: 'Up'},
			{wait: /› {0,8}Q4_/v},
			{press: 'd'},
			{press: '2'},
			{wait: /[2-9]\d ?%/v},
		],
	},
	{
		name: 'cache',
		steps: [{wait: /completed[\s\S]*completed/v}, {press: '3'}, {wait: /tinychat-2\.6m.*q4_k_m/iv}, {press: 'G'}, {still: 300}],
	},
	{
		name: 'hardware',
		steps: [{press: '4'}, {wait: /cores[\s\S]*tokens\/s/v}],
	},
	{
		name: 'load-plan',
		steps: [{press: 'o'}, {wait: 'free now'}, ...press('Down', 'Down'), {still: 300}],
	},
	{
		name: 'chat',
		steps: [
			{press: 'Escape'},
			{press: '5'},
			{wait: 'Ask something'},
			{type: 'What is the capital of France?'},
			{press: 'Enter'},
			{wait: 'The capital of France is Paris.'},
			{wait: /tokens\/s/v},
		],
	},
	{
		name: 'bench',
		steps: [
			{press: 'Escape'},
			{wait: 'i to write'},
			{press: '6'},
			{wait: 'model to measure'},
			{press: 'Space'},
			{press: 'Space'},
			{press: 'Enter'},
			{wait: /^(?![\s\S]*measuring)[\s\S]*\d t\/s.*\n.*\d t\/s/v},
		],
	},
];
