import {type Effects} from './effect.js';

export const downloadsEffects: Effects = {};
