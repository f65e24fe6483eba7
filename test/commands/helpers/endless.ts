/**
Flags for an answer that takes a second, so that there is time to stop it: so hot that the end is as unlikely as any other token.
*/
export const endless: readonly string[] = ['--temperature', '5', '--top-k', '0', '--top-p', '1', '--min-p', '0', '--seed', '2', '--max-tokens', '100000'];
