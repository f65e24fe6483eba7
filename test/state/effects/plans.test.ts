import assert from 'node:assert/strict';
import {test} from 'node:test';
import {planFields} from '../../../source/state/selectors/plan-fields.js';
import {type AppState} from '../../../source/state/state.js';
import {openAppSession, type AppSession} from '../../helpers/app-session.js';

const plansOf = ({plans, screen}: AppState) => ({plans, notice: screen.notice});

/**
The hardware tab with the plan of the starter model.
*/
async function openPlan(app: AppSession): Promise<AppState> {
	app.press('4');
	await app.waitFor(({hardware}) => hardware.real?.fits.some(({modelId}) => modelId === 'starter') ?? false);
	app.press('/');
	app.type('tinychat');
	app.press('enter', 'o');
	return app.waitFor(({plans}) => plans.open?.judgement !== undefined, plansOf);
}

test('a plan is made for each goal, with a reason for every value', async () => {
	await using app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	const {plans: {open}} = await openPlan(app);
	assert.equal(open?.goal, 'performance');
	assert.deepEqual(planFields.filter(field => (open.proposal?.reasons[field] ?? '') === ''), []);
	assert.ok((open.judgement?.verdict.speed?.generationTokensPerSecond.expected ?? 0) > 0);
	app.press('f');
	const memory = await app.waitFor(({plans}) => plans.open?.goal === 'memory' && plans.open.plan !== open.plan, plansOf);
	assert.ok(memory.plans.open!.plan!.batchSize < open.plan!.batchSize);
	app.press('escape');
	assert.equal(app.state().plans.open, undefined);
});

test('what is wrong with a value is found at once, keeps the plan from being kept, and a puts it right', async () => {
	await using app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	await openPlan(app);
	app.press('down', 'down', 'down', 'down', 'down', 'e');
	const {dialog} = app.state().screen;
	assert.match(dialog?.kind === 'prompt' ? dialog.title : '', /: threads$/v);
	app.press('ctrl+u');
	app.type('many');
	app.press('enter');
	const asked = app.state().screen.dialog;
	assert.match(asked?.kind === 'prompt' ? asked.hint : '', /no value/v);
	app.press('ctrl+u');
	app.type('4000');
	app.press('enter');
	const wrong = await app.waitFor(({plans}) => plans.open?.judgement?.findings.some(({field, severity}) => field === 'threads' && severity === 'error') ?? false, plansOf);
	assert.equal(wrong.plans.open?.plan?.threads, 4000);
	app.press('enter');
	assert.match(app.notices.at(-1) ?? '', /^Cannot keep this plan: /v);
	app.press('a');
	await app.waitFor(({plans}) => (plans.open?.plan?.threads ?? 4000) < 4000 && !(plans.open?.judgement?.findings.some(({severity}) => severity === 'error') ?? true), plansOf);
});

test('a plan that is kept counts for the model until it is forgotten, and is there again with the next start', async () => {
	await using app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	await openPlan(app);
	app.press('x');
	assert.match(app.notices.at(-1) ?? '', /none is stored/v);
	app.press('left');
	const changed = await app.waitFor(({plans}) => plans.open?.plan?.contextSize !== plans.open?.proposal?.plan.contextSize, plansOf);
	app.press('enter');
	const kept = await app.waitFor(({plans}) => plans.stored.has('starter'), plansOf);
	const {contextSize} = changed.plans.open!.plan!;
	assert.equal(kept.plans.stored.get('starter')?.plan.contextSize, contextSize);
	const stored = await app.services.loadPlans.get('starter');
	assert.equal(stored?.plan.contextSize, contextSize);
	await app.waitFor(({hardware}) => hardware.real?.fits.find(({modelId}) => modelId === 'starter')?.verdict.wantedContextLength === contextSize);
	app.press('escape', 'o');
	const again = await app.waitFor(({plans}) => plans.open?.plan !== undefined, plansOf);
	assert.equal(again.plans.open?.plan?.contextSize, contextSize);
	app.press('x');
	await app.waitFor(({plans}) => !plans.stored.has('starter'), plansOf);
	assert.equal(await app.services.loadPlans.get('starter'), undefined);
});

test('the chat says by which plan its model is loaded, and what it took beside what was expected', async () => {
	await using app = await openAppSession({endpoint: 'http://127.0.0.1:9'});
	app.press('5');
	await app.waitFor(({library, chat}) => library.models.length > 0 && chat.templates.length > 0);
	app.press('escape', 'p', 'down', 'enter');
	const {chat} = await app.waitFor(state => (state.chat.conversation.template ?? '') !== '');
	assert.equal(chat.conversation.systemPrompt, chat.templates.find(({name}) => name === chat.conversation.template)?.systemPrompt ?? '');
	app.type('What is the capital of France?');
	app.press('enter');
	const answered = await app.waitFor(state => state.chat.loaded !== undefined && state.chat.answering === undefined, state => state.chat);
	assert.equal(answered.chat.loaded?.modelId, 'starter');
	assert.equal(answered.chat.error, undefined);
	const [kept] = await app.services.conversations.list();
	assert.equal(kept?.template, chat.conversation.template);
	app.press('escape', '4');
	const measured = await app.waitFor(({plans}) => plans.measurements.has('starter'), plansOf);
	const [load] = measured.plans.measurements.get('starter')!;
	assert.ok(load!.measuredBytes > 0);
	assert.ok(load!.estimatedBytes > 0);
});
