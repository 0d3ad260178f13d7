/** Widths of a block: 1x1; 3x3 reduced and full; 5x5 reduced and full; projection of the pool. */
export type InceptionWidths = readonly [one: number, reduced3: number, three: number, reduced5: number, five: number, pooled: number];

/** Channels that a block answers: of all its branches. */
export const inceptionWidth = ([one, , three, , five, pooled]: InceptionWidths): number => one + three + five + pooled;

/** Blocks 3a to 5b of GoogLeNet; between two stages the image is halved (Szegedy et al., 2015, table 1). */
export const GOOGLENET_BLOCKS: readonly (readonly InceptionWidths[])[] = [
  [
    [64, 96, 128, 16, 32, 32],
    [128, 128, 192, 32, 96, 64],
  ],
  [
    [192, 96, 208, 16, 48, 64],
    [160, 112, 224, 24, 64, 64],
    [128, 128, 256, 24, 64, 64],
    [112, 144, 288, 32, 64, 64],
    [256, 160, 320, 32, 128, 128],
  ],
  [
    [256, 160, 320, 32, 128, 128],
    [384, 192, 384, 48, 128, 128],
  ],
];
