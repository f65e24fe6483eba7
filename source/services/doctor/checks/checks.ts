import {type Check} from '../check.js';
import {config} from './config.js';
import {database} from './database.js';
import {engine} from './engine.js';
import {home} from './home.js';
import {hub} from './hub.js';
import {node} from './node.js';
import {proxies} from './proxies.js';
import {registry} from './registry.js';
import {sandbox} from './sandbox.js';
import {space} from './space.js';
import {terminal} from './terminal.js';
import {token} from './token.js';

/**
In the order in which they are told.
*/
export const checks: readonly Check[] = [node, home, config, database, registry, space, hub, token, proxies, engine, sandbox, terminal];
