const labels: Readonly<Record<string, string>> = {
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	enter: 'Enter',
	escape: 'Esc',
	space: 'Space',
	tab: 'Tab',
	'shift+tab': 'Shift+Tab',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	home: 'Home',
	end: 'End',
	backspace: 'Backspace',
	delete: 'Del',
	'alt+enter': 'Alt+Enter',
};

/**
A key's name as it is shown: `Ctrl+U`, `PgDn`, `d`.
*/
export function keyLabel(key: string): string {
	return labels[key] ?? key.replace(/^ctrl\+(?<letter>.)$/v, (_, letter: string) => `Ctrl+${letter.toUpperCase()}`);
}
