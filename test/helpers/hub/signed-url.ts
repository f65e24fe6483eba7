import {createHmac} from 'node:crypto';

const secret = 'a secret that only the two servers share';

/**
An address on the second host that is valid until `expires` (milliseconds since 1970).
*/
export function signUrl(cdnUrl: string, path: string, expires: number): string {
	const url = new URL(`/xet-bridge/${encodePath(path)}`, cdnUrl);
	url.searchParams.set('X-Amz-Algorithm', 'AWS4-HMAC-SHA256');
	url.searchParams.set('Expires', String(expires));
	url.searchParams.set('X-Amz-Signature', signature(url.pathname, String(expires)));
	return url.href;
}

export function checkSignature(url: URL): 'valid' | 'expired' | 'wrong' {
	const expires = url.searchParams.get('Expires') ?? '';
	if (url.searchParams.get('X-Amz-Signature') !== signature(url.pathname, expires)) {
		return 'wrong';
	}

	return Number(expires) > Date.now() ? 'valid' : 'expired';
}

function signature(path: string, expires: string): string {
	return createHmac('sha256', secret).update(`${path}\n${expires}`).digest('hex');
}

function encodePath(path: string): string {
	return path.split('/').map(segment => encodeURIComponent(segment)).join('/');
}
