import {BlockList, isIP, isIPv4} from 'node:net';

type Target = {
	/**
	Without brackets and without a dot at its end.
	*/
	readonly host: string;
	readonly port: number;
};

/**
Whether NO_PROXY asks for the direct way to a URL. Entries are separated by commas or spaces: `*`, a host (its subdomains too), `.suffix`, `*.suffix` (its subdomains only), an address, a network such as `10.0.0.0/8`; each but the last also with `:port`.
*/
export function isExempt({hostname, port, protocol}: URL, noProxy: string): boolean {
	const host = unbracketed(hostname.toLowerCase()).replace(/\.$/v, '');
	const target: Target = {host, port: port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port)};
	return noProxy.toLowerCase().split(/[\s,]+/v).some(entry => entry !== '' && isMatching(entry, target));
}

function isMatching(entry: string, {host, port}: Target): boolean {
	const {network, prefix} = /^(?<network>[^\/]+)\/(?<prefix>\d{1,3})$/v.exec(entry)?.groups ?? {};
	if (network !== undefined) {
		return isWithin(host, unbracketed(network), Number(prefix));
	}

	const {name, wanted} = splitPort(entry);
	if (wanted !== undefined && wanted !== port) {
		return false;
	}

	const suffix = name.replace(/^\*?\./v, '').replace(/(?<=.)\.$/v, '');
	return name === '*' || (host === suffix && !name.startsWith('*')) || host.endsWith(`.${suffix}`);
}

/**
An IPv6 address has colons of its own, and a port only behind brackets.
*/
function splitPort(entry: string): {readonly name: string; readonly wanted?: number} {
	const {name, port} = /^(?<name>\[[^\]]*\]|[^:]*):(?<port>\d+)$/v.exec(entry)?.groups ?? {};
	return name === undefined ? {name: unbracketed(entry)} : {name: unbracketed(name), wanted: Number(port)};
}

function isWithin(host: string, network: string, prefix: number): boolean {
	const family = isIP(network);
	if (family === 0 || isIP(host) !== family || prefix > (family === 4 ? 32 : 128)) {
		return false;
	}

	const type = isIPv4(network) ? 'ipv4' : 'ipv6';
	const list = new BlockList();
	list.addSubnet(network, prefix, type);
	return list.check(host, type);
}

function unbracketed(host: string): string {
	return host.replace(/^\[(?<address>.*)\]$/v, '$<address>');
}
