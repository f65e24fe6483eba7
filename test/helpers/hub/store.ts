import {createHash} from 'node:crypto';
import {type HubFile} from './hub-file.js';
import {commitOf, type HubRepository, type Snapshot} from './hub-repository.js';

/**
The repositories of a hub with all their commits: the newest is `main`, older ones stay.
*/
export type Store = {
	readonly repositories: () => readonly HubRepository[];
	/**
	By its name; a former name gives the repository under its new one.
	*/
	readonly repository: (id: string) => HubRepository | undefined;
	readonly snapshot: (repository: HubRepository, revision: string) => Snapshot | undefined;
	readonly fileByStoragePath: (storagePath: string) => {readonly path: string; readonly file: HubFile} | undefined;
	readonly publish: (repository: HubRepository) => void;
};

export function createStore(repositories: readonly HubRepository[]): Store {
	const snapshots = new Map<string, Snapshot[]>();

	/**
	A repository published again with other files is a new commit.
	*/
	function publish(repository: HubRepository): void {
		const history = snapshots.get(repository.id) ?? [];
		const first = commitOf(repository);
		const commit = history.some(snapshot => snapshot.commit === first) ? createHash('sha1').update(`${first} ${history.length}`).digest('hex') : first;
		snapshots.set(repository.id, [...history, {repository, commit}]);
	}

	for (const repository of repositories) {
		publish(repository);
	}

	const newest = () => snapshots.values().map(history => history.at(-1)?.repository).filter(repository => repository !== undefined).toArray();
	return {
		repositories: newest,
		repository: id => snapshots.get(id)?.at(-1)?.repository ?? newest().find(repository => repository.formerIds?.includes(id)),
		snapshot(repository, revision) {
			const history = snapshots.get(repository.id) ?? [];
			return revision === 'main' ? history.at(-1) : history.find(snapshot => snapshot.commit === revision);
		},
		fileByStoragePath(storagePath) {
			const [owner, name, commit, ...rest] = storagePath.split('/');
			const snapshot = snapshots.get(`${owner}/${name}`)?.find(candidate => candidate.commit === commit);
			const path = rest.join('/');
			const file = snapshot?.repository.files[path];
			return file === undefined ? undefined : {path, file};
		},
		publish,
	};
}
