/**
Frames a second that are drawn at most, as good as without a limit: what runs tells of its progress at most ten times a second, and a key must not wait for the next frame after one that only moved a bar.
*/
export const mostFrames = 1000;
