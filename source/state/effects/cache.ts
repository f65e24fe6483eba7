import {type Effects} from './effect.js';

export const cacheEffects: Effects = {};
