// As huggingface_hub's validate_repo_id, with letters of all writings. Emoji are what mirrors let through.
const characters = /^[\p{Extended_Pictographic}\p{Letter}\p{Mark}\p{Number}\-._]{1,96}$/v;
const misplaced = /^[\-.]|--|\.\.|[\-.]$|\.git$/v;

/**
Whether the text is OWNER/REPO, as hubs name repositories.
*/
export function isRepository(text: string): boolean {
	const names = text.split('/');
	return names.length === 2 && names.every(name => characters.test(name) && !misplaced.test(name));
}
