/**
A style is the SGR parameter string that brings a terminal from its neutral state into it, in a fixed order, so that equal styles are equal strings: `''` is neutral, `'1;31'` bold red. A hyperlink (OSC 8) follows after an escape character: `'4\u{1B};https://example.org'`.
*/
export type Style = string;

export const neutral: Style = '';

const codeSlots = ['bold', 'dim', 'italic', 'underline', 'blink', 'inverse', 'hidden', 'strikethrough', 'overline', 'foreground', 'background', 'underlineColour'] as const;
type Slot = typeof codeSlots[number] | 'link';
type Slots = Map<Slot, string>;

const switchedOn: Readonly<Record<string, Slot>> = {
	1: 'bold', 2: 'dim', 3: 'italic', 4: 'underline', 5: 'blink', 6: 'blink', 7: 'inverse', 8: 'hidden', 9: 'strikethrough', 21: 'underline', 53: 'overline',
};

const switchedOff: Readonly<Record<string, readonly Slot[]>> = {
	22: ['bold', 'dim'], 23: ['italic'], 24: ['underline'], 25: ['blink'], 27: ['inverse'], 28: ['hidden'], 29: ['strikethrough'], 39: ['foreground'], 49: ['background'], 55: ['overline'], 59: ['underlineColour'],
};

const offCodes = new Map(Object.entries(switchedOff).flatMap(([code, slots]) => slots.map(slot => [slot, code] as const)));

const linkMark = '\u{1B}';

/**
A map that forgets everything when it grows past `limit`: results are cheap to make again, and text from anywhere must not fill the memory.
*/
function createCache<Value>(limit = 2000): (key: string, make: () => Value) => Value {
	const values = new Map<string, Value>();
	return (key, make) => {
		let value = values.get(key);
		if (value === undefined) {
			if (values.size >= limit) {
				values.clear();
			}

			value = make();
			values.set(key, value);
		}

		return value;
	};
}

function codesOf(slots: ReadonlyMap<Slot, string>): string[] {
	return codeSlots.map(slot => slots.get(slot)).filter(code => code !== undefined);
}

function toStyle(slots: ReadonlyMap<Slot, string>): Style {
	const link = slots.get('link');
	return codesOf(slots).join(';') + (link === undefined ? '' : linkMark + link);
}

function colourSlot(code: number): Slot | undefined {
	if ((code >= 30 && code <= 38) || (code >= 90 && code <= 97)) {
		return 'foreground';
	}

	if ((code >= 40 && code <= 48) || (code >= 100 && code <= 107)) {
		return 'background';
	}

	return code === 58 ? 'underlineColour' : undefined;
}

function applyCode(slots: Slots, code: string): void {
	const leading = Number(code.split(/[:;]/v, 1)[0]);
	const slot = switchedOn[leading] ?? colourSlot(leading);
	if (leading === 0) {
		for (const every of codeSlots) {
			slots.delete(every);
		}
	} else if (code === '4:0') {
		slots.delete('underline');
	} else if (slot === undefined) {
		for (const ended of switchedOff[leading] ?? []) {
			slots.delete(ended);
		}
	} else {
		slots.set(slot, leading === 4 ? '4' : code);
	}
}

/**
How many parameters a colour takes: `38;5;n` three, `38;2;r;g;b` five, all else (also `38:2::r:g:b`) one.
*/
function parameterCount(codes: readonly string[], index: number): number {
	if (!['38', '48', '58'].includes(codes[index]!)) {
		return 1;
	}

	return codes[index + 1] === '5' ? 3 : (codes[index + 1] === '2' ? 5 : 1);
}

function applyCodes(slots: Slots, parameters: string): void {
	const codes = parameters.split(';');
	for (let index = 0; index < codes.length;) {
		const count = parameterCount(codes, index);
		applyCode(slots, codes.slice(index, index + count).join(';'));
		index += count;
	}
}

function toSlots(style: Style): Slots {
	const [codes = '', link] = style.split(linkMark, 2);
	const slots: Slots = new Map();
	if (codes !== '') {
		applyCodes(slots, codes);
	}

	if (link !== undefined) {
		slots.set('link', link);
	}

	return slots;
}

const applied = createCache<Style>();

/**
The style after `CSI parameters m`.
*/
export function applySgr(style: Style, parameters: string): Style {
	return applied(`${style}m${parameters}`, () => {
		const slots = toSlots(style);
		applyCodes(slots, parameters);
		return toStyle(slots);
	});
}

/**
The style after `OSC 8 ; link ST`, where `link` is `parameters;address`; an empty address ends the hyperlink.
*/
export function applyLink(style: Style, link: string): Style {
	const slots = toSlots(style);
	slots.delete('link');
	return toStyle(link.endsWith(';') ? slots : slots.set('link', link));
}

const spaces = createCache<Style>();

/**
What of a style can be seen in a space: not its colour, weight or slant, unless it is inverse.
*/
export function spaceStyle(style: Style): Style {
	if (style === neutral) {
		return neutral;
	}

	return spaces(style, () => {
		const slots = toSlots(style);
		if (slots.has('inverse')) {
			return style;
		}

		const hasLine = (['underline', 'strikethrough', 'overline'] as const).some(slot => slots.has(slot));
		const unseen: ReadonlySet<Slot> = new Set(['bold', 'dim', 'italic', 'blink', 'hidden', ...(hasLine ? [] : ['foreground', 'underlineColour'] as const)]);
		return toStyle(new Map([...slots].filter(([slot]) => !unseen.has(slot))));
	});
}

function sgrBetween(from: Slots, to: Slots): string {
	const off = new Set(codeSlots.filter(slot => from.has(slot) && !to.has(slot)).map(slot => offCodes.get(slot)!));
	// One code ends bold and dim together: what stays has to be said again.
	const isLost = (slot: Slot) => off.has('22') && (slot === 'bold' || slot === 'dim');
	const on = codeSlots.filter(slot => to.has(slot) && (from.get(slot) !== to.get(slot) || isLost(slot))).map(slot => to.get(slot)!);
	const relative = [...off, ...on].join(';');
	if (relative === '') {
		return '';
	}

	const own = codesOf(to);
	const absolute = own.length === 0 ? '' : ['0', ...own].join(';');
	return `\u{1B}[${absolute.length <= relative.length ? absolute : relative}m`;
}

const transitions = createCache<string>();

/**
The shortest bytes that bring a terminal from one style to another.
*/
export function styleTransition(from: Style, to: Style): string {
	if (from === to) {
		return '';
	}

	return transitions(`${from}\n${to}`, () => {
		const slots = toSlots(from);
		const wanted = toSlots(to);
		const link = wanted.get('link');
		return sgrBetween(slots, wanted) + (link === slots.get('link') ? '' : `\u{1B}]8;${link ?? ';'}\u{1B}\\`);
	});
}
