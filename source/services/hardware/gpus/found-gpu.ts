import {sanitizeLine} from '../../../format/sanitize.js';
import {type GpuReport} from '../../../types/hardware.js';

/**
What one source tells of one GPU.
*/
export type FoundGpu = Partial<GpuReport> & {
	/**
	`NVIDIA`, `AMD`, `Intel`, `Apple`, or as the source calls it.
	*/
	readonly vendor: string;
	/**
	On the PCI bus, as `pciAddress` writes it.
	*/
	readonly address?: string;
};

/**
`0000:01:00.0` from that, from lspci's `01:00.0` and from nvidia-smi's `00000000:01:00.0`; undefined for anything else.
*/
export function pciAddress(text: string | undefined): string | undefined {
	const {domain = '0', rest} = /^(?:(?<domain>[\da-f]{4,8}):)?(?<rest>[\da-f]{2}:[\da-f]{2}\.[0-7])$/iv.exec(text?.trim() ?? '')?.groups ?? {};
	return rest === undefined ? undefined : `${Number.parseInt(domain, 16).toString(16).padStart(4, '0')}:${rest.toLowerCase()}`;
}

/**
One line of printable text; undefined for an empty one, for anything but text, and for the ways in which programs say that they do not know.
*/
export function toLine(value: unknown): string | undefined {
	const line = typeof value === 'string' ? sanitizeLine(value).slice(0, 200) : '';
	return /^$|^\[?n\/a\]?$|^unknown$|^0x[\da-f]+$/iv.test(line) ? undefined : line;
}

/**
A count that is none below zero, from a number or decimal digits.
*/
export function toCount(value: unknown): number | undefined {
	const count = typeof value === 'string' && /^\d+(?:\.\d+)?$/v.test(value.trim()) ? Number(value) : value;
	return typeof count === 'number' && count >= 0 && count <= Number.MAX_SAFE_INTEGER ? count : undefined;
}

/**
The record without what is undefined.
*/
export function known<Fields extends Record<string, unknown>>(fields: Fields): {[Key in keyof Fields]?: Exclude<Fields[Key], undefined>} {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {[Key in keyof Fields]?: Exclude<Fields[Key], undefined>};
}

/**
The makers whose GPUs run models, by the names and the PCI numbers they go by.
*/
export function vendorOf(text: string): string | undefined {
	return makers.find(([pattern]) => pattern.test(text))?.[1];
}

const makers: ReadonlyArray<readonly [pattern: RegExp, vendor: string]> = [
	[/nvidia|^0x10de$/iv, 'NVIDIA'],
	[/advanced micro devices|\bamd\b|\bati\b|radeon|^0x1002$/iv, 'AMD'],
	[/intel|^0x8086$/iv, 'Intel'],
	[/apple/iv, 'Apple'],
];
