/**
The homes on disk, all absolute; see docs/architecture.md.
*/
export type Paths = {
	readonly home: string;
	readonly config: string;
	readonly database: string;
	readonly models: string;
	/**
	Partial files of downloads that are not done.
	*/
	readonly partials: string;
	/**
	The model that ships with Remuda.
	*/
	readonly starterModel: string;
	readonly registry: string;
};
