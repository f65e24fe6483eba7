/**
Client and host must agree on it; they differ only when files of two versions of Remuda were mixed.
*/
export const protocolVersion = 1;

/**
The host speaks on this file descriptor, so that nothing a native library prints can pass for a message.
*/
export const protocolFileDescriptor = 3;
