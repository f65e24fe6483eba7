import {type FileRole} from '../../types/registry-model.js';

/**
Bits per weight of a whole file, measured on Llama-3.1-8B (llama.cpp, tools/quantize/README.md).
*/
const bitsPerWeight: Readonly<Record<string, number>> = {
	IQ1_S: 2,
	IQ2_XXS: 2.38,
	IQ2_M: 2.93,
	Q2_K: 3.16,
	IQ3_XXS: 3.25,
	Q3_K_S: 3.64,
	IQ3_M: 3.76,
	Q3_K_M: 4,
	Q3_K_L: 4.3,
	MXFP4: 4.25,
	IQ4_XS: 4.46,
	Q4_0: 4.5,
	Q4_K_S: 4.67,
	IQ4_NL: 4.68,
	Q4_K_M: 4.89,
	Q5_K_S: 5.57,
	Q5_K_M: 5.7,
	Q6_K: 6.56,
	Q8_0: 8.5,
	F16: 16,
	BF16: 16,
	F32: 32,
};

// The image encoders of today's models have about 400 million weights, kept in 16 bits.
const usualImagePartBytes = 900_000_000;

type Subject = {
	readonly parameters: number;
	readonly quantization: string;
	readonly files: ReadonlyArray<{readonly role: FileRole; readonly sizeBytes?: number | undefined}>;
};

/**
Undefined for a quantization that is not in the table, of which there are many.
*/
export function bitsPerWeightOf(quantization: string): number | undefined {
	return bitsPerWeight[quantization];
}

/**
Bytes of a variant of which some file's size is not known: parameters × bits per weight for the model, the usual size for an image part.
An unknown quantization counts as 16 bits.
*/
export function estimateFileSize({parameters, quantization, files}: Subject): number {
	const weightBytes = Math.round(parameters * (bitsPerWeight[quantization] ?? 16) / 8);
	const modelFiles = files.filter(({role}) => role !== 'mmproj');
	const imageParts = files.filter(({role}) => role === 'mmproj');
	const knownModelBytes = modelFiles.reduce((sum, {sizeBytes}) => sum + (sizeBytes ?? NaN), 0);
	return (Number.isNaN(knownModelBytes) ? weightBytes : knownModelBytes)
		+ imageParts.reduce((sum, {sizeBytes}) => sum + (sizeBytes ?? usualImagePartBytes), 0);
}

/**
Of all files of a variant the bytes of the model itself, which is what is loaded: all but the image part.
*/
export function modelBytesOf({fileSize, files}: {readonly fileSize: number; readonly files: Subject['files']}): number {
	return files.filter(({role}) => role === 'mmproj').reduce((bytes, {sizeBytes}) => bytes - (sizeBytes ?? usualImagePartBytes), fileSize);
}
