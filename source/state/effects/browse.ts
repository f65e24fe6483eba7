import {type Effects} from './effect.js';

export const browseEffects: Effects = {};
