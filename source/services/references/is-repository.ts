// As huggingface_hub's validate_repo_id: 96 characters at most, no `--` and no `..`, a word character at both ends.
const pattern = /^(?!.*(?:--|\.\.))(?!.*\.git$)\w(?:[\w\-.]{0,94}\w)?\/\w(?:[\w\-.]{0,94}\w)?$/v;

/**
Whether the text is OWNER/REPO, as hubs name repositories.
*/
export function isRepository(text: string): boolean {
	return pattern.test(text);
}
