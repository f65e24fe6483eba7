import {type ErrorReport} from '../types/error-report.js';
import {type JsonRecord} from './output.js';
import {ReportedError} from './reported-error.js';

export type ErrorDetails = {
	/**
	For programs: they stand beside `code`, `message` and `hint`.
	*/
	readonly fields: JsonRecord;
	/**
	For people: lines between the message and the hint.
	*/
	readonly text: string;
};

/**
An error of which a command can tell more than a message.
*/
export class DetailedError extends ReportedError {
	readonly details: ErrorDetails;

	constructor(report: ErrorReport, details: ErrorDetails) {
		super(report);
		this.details = details;
	}
}
