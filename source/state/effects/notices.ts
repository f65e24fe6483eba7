import {type ErrorReport} from '../../types/error-report.js';
import {type Action} from '../actions.js';

/**
Says what went wrong and what to do next.
*/
export function errorNotice({message, hint}: ErrorReport): Action {
	return {type: 'screen/noticed', notice: {kind: 'error', text: hint === undefined ? message : `${message} ${hint}`}};
}

export function infoNotice(text: string): Action {
	return {type: 'screen/noticed', notice: {kind: 'info', text}};
}
