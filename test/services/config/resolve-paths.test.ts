import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {resolvePaths} from '../../../source/services/config/resolve-paths.js';

test('the home is ~/.remuda unless REMUDA_HOME says otherwise', () => {
	assert.equal(resolvePaths({HOME: '/home/ann'}).home, '/home/ann/.remuda');
	assert.equal(resolvePaths({}).home, path.join(homedir(), '.remuda'));
	assert.equal(resolvePaths({HOME: '/home/ann', REMUDA_HOME: ''}).home, '/home/ann/.remuda');
	assert.equal(resolvePaths({HOME: '/home/ann', REMUDA_HOME: '~/herd'}).home, '/home/ann/herd');
	assert.equal(resolvePaths({REMUDA_HOME: 'herd'}).home, path.resolve('herd'));
});

test('everything lies in the home, and models_directory moves the models and their partial files', () => {
	const paths = resolvePaths({HOME: '/home/ann', REMUDA_HOME: '/data/remuda'});
	assert.equal(paths.config, '/data/remuda/config.json');
	assert.equal(paths.database, '/data/remuda/remuda.sqlite');
	assert.equal(paths.models, '/data/remuda/models');
	assert.equal(paths.partials, '/data/remuda/models/.downloading');
	const moved = resolvePaths({HOME: '/home/ann', REMUDA_HOME: '/data/remuda'}, {modelsDirectory: '~/models'});
	assert.deepEqual(moved, {...paths, models: '/home/ann/models', partials: '/home/ann/models/.downloading'});
});

test('what ships with the program is found beside its package.json', () => {
	const {starterModel, registry} = resolvePaths({});
	assert.ok(existsSync(starterModel));
	const packageFile = path.join(path.dirname(registry), 'package.json');
	assert.ok(existsSync(packageFile));
});
