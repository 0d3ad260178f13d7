/** By the number of layers with weights: convolutions in each of the five blocks (Simonyan and Zisserman, 2014, table 1). */
export const VGG_BLOCKS = { 11: [1, 1, 2, 2, 2], 13: [2, 2, 2, 2, 2], 16: [2, 2, 3, 3, 3], 19: [2, 2, 4, 4, 4] } as const;

/** Channels of a block, counted from 0. */
export const vggWidth = (block: number): number => Math.min(512, 64 * 2 ** block);
