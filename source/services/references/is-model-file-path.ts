const longestPath = 1024;
const hostile = /[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}\\]/v;

/**
Whether the text is the path of a GGUF file inside a repository: relative, and unable to lead out of it.
*/
export function isModelFilePath(text: string): boolean {
	return text.length <= longestPath
		&& /\.gguf$/iv.test(text)
		&& !hostile.test(text)
		&& text.split('/').every(segment => segment !== '' && segment !== '.' && segment !== '..');
}
