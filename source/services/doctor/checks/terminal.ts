import {sanitizeLine} from '../../../format/sanitize.js';
import {type Environment} from '../../network/environment.js';
import {type Check} from '../check.js';

export const terminal: Check = {
	id: 'terminal',
	label: 'Terminal',
	look({environment, terminal: {isTerminal, columns = 0, rows = 0, colorDepth = 1}}) {
		if (!isTerminal) {
			return {status: 'ok', detail: 'none here; commands do without one'};
		}

		const name = environment.TERM ?? '';
		if (name === '' || name === 'dumb') {
			return {
				status: 'warning',
				detail: `TERM is ${name === '' ? 'not set' : 'dumb'}: the app cannot draw`,
				hint: 'Set TERM to what your terminal is, for example xterm-256color. Commands work.',
			};
		}

		const colors = (environment.NO_COLOR ?? '') === '' ? `${2 ** colorDepth} colours` : 'no colour (NO_COLOR)';
		const detail = `${sanitizeLine(name)}, ${columns}×${rows}, ${colors}`;
		if (columns < 80 || rows < 24) {
			return {status: 'warning', detail, hint: 'The app wants 80×24 at least: make the window larger.'};
		}

		return isUtf8(environment)
			? {status: 'ok', detail: `${detail}, UTF-8`}
			: {
				status: 'warning',
				detail: `${detail}, no UTF-8 locale`,
				hint: 'Set LANG to a UTF-8 locale, for example C.UTF-8, or lines and other alphabets may be shown wrongly.',
			};
	},
};

// The first of the three that is set decides, as in the C library.
function isUtf8(environment: Environment): boolean {
	const locale = [environment.LC_ALL, environment.LC_CTYPE, environment.LANG].find(value => (value ?? '') !== '') ?? '';
	return /utf-?8/iv.test(locale);
}
