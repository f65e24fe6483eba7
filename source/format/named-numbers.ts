/**
A number that can be typed by name: `temperature 0.7`.
*/
export type NumberField = {
	/**
	Snake_case, as in the config.
	*/
	readonly name: string;
	readonly minimum: number;
	readonly maximum: number;
	readonly isInteger?: boolean;
	/**
	May be `none`.
	*/
	readonly isOptional?: boolean;
};

export type Parsed<Value> = {readonly value: Value} | {readonly problem: string};

/**
`temperature 0.7 top_k 40`; what is undefined is `none`.
*/
export function formatNamedNumbers(values: Readonly<Record<string, number | undefined>>): string {
	return Object.entries(values).map(([name, value]) => `${name} ${value ?? 'none'}`).join(' ');
}

/**
Reads `name value` pairs in any order, with `=`, `:` or `,` between them or not; only what is named is in the result.
*/
export function parseNamedNumbers(text: string, fields: readonly NumberField[]): Parsed<Readonly<Record<string, number | undefined>>> {
	const words = text.split(/[\s,:=]+/v).filter(word => word !== '');
	const values: Record<string, number | undefined> = {};
	for (let index = 0; index < words.length; index += 2) {
		const name = words[index] ?? '';
		const field = fields.find(candidate => candidate.name === name);
		if (!field) {
			return {problem: `There is no setting "${name}": ${fields.map(candidate => candidate.name).join(', ')}.`};
		}

		const word = words[index + 1];
		if (field.isOptional === true && word === 'none') {
			values[name] = undefined;
			continue;
		}

		const value = Number(word ?? '');
		if (word === undefined || !isAllowed(value, field)) {
			return {problem: `${name} must be ${field.isInteger === true ? 'a whole number' : 'a number'} from ${field.minimum} to ${field.maximum}.`};
		}

		values[name] = value;
	}

	return {value: values};
}

function isAllowed(value: number, {minimum, maximum, isInteger}: NumberField): boolean {
	return Number.isFinite(value) && value >= minimum && value <= maximum && (isInteger !== true || Number.isSafeInteger(value));
}
