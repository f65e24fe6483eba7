/**
The tabs in the order of their number keys.
*/
export const tabs = ['browse', 'downloads', 'cache', 'hardware', 'chat', 'bench'] as const;

export type Tab = (typeof tabs)[number];
