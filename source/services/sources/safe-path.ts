import {sanitizeLine} from '../../format/sanitize.js';

const maximumPathLength = 1024;
// What file systems allow in one name.
const maximumSegmentBytes = 255;

/**
Whether a path that a hub names may be used: relative, staying inside its folder on every system, and showing as what it is.
*/
export function isSafePath(path: string): boolean {
	return path.length <= maximumPathLength
		&& path.isWellFormed()
		&& sanitizeLine(path) === path
		// A backslash separates folders on Windows; a colon names a drive or a hidden stream there.
		&& !/[:\\]/v.test(path)
		&& path.split('/').every(segment => segment !== '' && segment !== '.' && segment !== '..' && new TextEncoder().encode(segment).length <= maximumSegmentBytes);
}
