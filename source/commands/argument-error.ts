import {UsageError} from '../errors/usage-error.js';

/**
A command line that its command does not take; the usage is shown with it.
*/
export class ArgumentError extends UsageError {}
