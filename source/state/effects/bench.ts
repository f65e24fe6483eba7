import {type Effects} from './effect.js';

export const benchEffects: Effects = {};
