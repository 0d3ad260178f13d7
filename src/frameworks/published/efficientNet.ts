/** Fused: one whole convolution instead of an expanding and a depthwise one. */
export type EfficientNetStage = readonly [
  kind: "fused" | "separable",
  kernel: 3 | 5,
  repeats: number,
  channels: number,
  expansion: number,
  strides: 1 | 2,
];

export interface EfficientNet {
  /** Channels of the first convolution. */
  readonly stem: number;
  readonly stages: readonly EfficientNetStage[];
}

/** Tan and Le, 2019, table 1; B1 to B7 are it, wider and deeper. */
export const EFFICIENTNET_B0: EfficientNet = {
  stem: 32,
  stages: [
    ["separable", 3, 1, 16, 1, 1],
    ["separable", 3, 2, 24, 6, 2],
    ["separable", 5, 2, 40, 6, 2],
    ["separable", 3, 3, 80, 6, 2],
    ["separable", 5, 3, 112, 6, 1],
    ["separable", 5, 4, 192, 6, 2],
    ["separable", 3, 1, 320, 6, 1],
  ],
};

/** Tan and Le, 2021, table 4. */
export const EFFICIENTNET_V2_S: EfficientNet = {
  stem: 24,
  stages: [
    ["fused", 3, 2, 24, 1, 1],
    ["fused", 3, 4, 48, 4, 2],
    ["fused", 3, 4, 64, 4, 2],
    ["separable", 3, 6, 128, 4, 2],
    ["separable", 3, 9, 160, 6, 1],
    ["separable", 3, 15, 256, 6, 2],
  ],
};

/** As its authors' code has it. */
export const EFFICIENTNET_V2_M: EfficientNet = {
  stem: 24,
  stages: [
    ["fused", 3, 3, 24, 1, 1],
    ["fused", 3, 5, 48, 4, 2],
    ["fused", 3, 5, 80, 4, 2],
    ["separable", 3, 7, 160, 4, 2],
    ["separable", 3, 14, 176, 6, 1],
    ["separable", 3, 18, 304, 6, 2],
    ["separable", 3, 5, 512, 6, 1],
  ],
};

/** As its authors' code has it. */
export const EFFICIENTNET_V2_L: EfficientNet = {
  stem: 32,
  stages: [
    ["fused", 3, 4, 32, 1, 1],
    ["fused", 3, 7, 64, 4, 2],
    ["fused", 3, 7, 96, 4, 2],
    ["separable", 3, 10, 192, 4, 2],
    ["separable", 3, 19, 224, 6, 1],
    ["separable", 3, 25, 384, 6, 2],
    ["separable", 3, 7, 640, 6, 1],
  ],
};
