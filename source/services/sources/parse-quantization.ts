// Names of file types as they occur in file names: llama.cpp's, Unsloth's (UD-, _XL), and FP16 for F16.
const label = /(?<![\dA-Z])(?:UD-)?(?:IQ\d_(?:XXS|XS|S|M|NL|XL)(?:_XL)?|Q\d+_K(?:_(?:XXS|XS|[LMPS]|XXL|XL))?|Q\d_[01](?:_\d_\d|_L|_XL)?|TQ[12]_0|MXFP\d+(?:_MOE)?|NVFP4|BF16|FP?16|FP?32)(?![\dA-Z])/gv;

/**
The quantization that a path in a repository names, in upper case; the last one where there are several, as in `Q4_K_M/Model-Q4_K_M-00001-of-00003.gguf`.
*/
export function parseQuantization(path: string): string | undefined {
	const [found] = path.toUpperCase().matchAll(label).toArray().at(-1) ?? [];
	return found?.replace(/^FP(?=16|32)/v, 'F');
}
