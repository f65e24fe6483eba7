/**
One key as the program sees it, whatever library read it.
*/
export type Keypress = {
	/**
	`a`, `G`, `?`, `up`, `enter`, `escape`, `space`, `tab`, `shift+tab`, `pageup`, `ctrl+u`, `alt+enter`, `paste` …
	*/
	readonly name: string;
	/**
	What it types; empty for keys that type nothing.
	*/
	readonly text: string;
};
