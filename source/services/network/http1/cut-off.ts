/**
The connection ended before the answer did.
*/
export function cutOff(): Error {
	return Object.assign(new Error('The connection was closed before the answer was whole.'), {code: 'ERR_STREAM_PREMATURE_CLOSE'});
}
