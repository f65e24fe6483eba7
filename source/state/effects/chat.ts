import {type Effects} from './effect.js';

export const chatEffects: Effects = {};
