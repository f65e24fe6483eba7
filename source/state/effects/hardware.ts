import {type Effects} from './effect.js';

export const hardwareEffects: Effects = {};
