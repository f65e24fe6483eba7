import {mkdir, mkdtemp, writeFile} from 'node:fs/promises';
import path from 'node:path';

/**
A folder inside `folder` with these files in it, by their path, as a root of the system to look at.
*/
export async function systemRootWith(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
	const root = await mkdtemp(path.join(folder, 'root-'));
	await Promise.all(Object.entries(files).map(async ([name, content]) => {
		const file = path.join(root, name);
		await mkdir(path.dirname(file), {recursive: true});
		await writeFile(file, content);
	}));
	return root;
}
