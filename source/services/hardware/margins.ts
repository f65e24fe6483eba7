/**
Main memory kept free for the system and other programs: 2 GB.
*/
export const memoryMarginBytes = 2_000_000_000;

/**
Kept free on a GPU: 1 GiB, as llama.cpp's `--fit` does.
*/
export const gpuMarginBytes = 1024 ** 3;

/**
Tokens of context for which a model of the registry is judged.
*/
export const usualContextLength = 4096;
