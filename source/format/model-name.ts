/**
A model's name without its quantization, where that has a column of its own.
*/
export function nameWithoutQuantization(name: string, quantization: string): string {
	return name.endsWith(` (${quantization})`) ? name.slice(0, -quantization.length - 3) : name;
}

/**
A model's name with its quantization, once.
*/
export function nameWithQuantization(name: string, quantization: string): string {
	return quantization === '' || name.includes(quantization) ? name : `${name} (${quantization})`;
}
