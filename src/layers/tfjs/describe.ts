import type { Padding } from "../../program/types.js";
import { activation } from "../activationLayer.js";
import { averagePooling2d } from "../averagePooling2d.js";
import { batchNormalization } from "../batchNormalization.js";
import { conv2d } from "../conv2d.js";
import { dense } from "../dense.js";
import { dropout } from "../dropout.js";
import { flatten } from "../flatten.js";
import { globalAveragePooling2d } from "../globalAveragePooling2d.js";
import { globalMaxPooling2d } from "../globalMaxPooling2d.js";
import type { LayerKind } from "../kind.js";
import { maxPooling2d } from "../maxPooling2d.js";
import { zeroPadding2d } from "../zeroPadding2d.js";
import { leakyRelu, splitActivation } from "./activations.js";
import { ARRANGING } from "./arranging.js";
import { CALCULATING } from "./calculating.js";
import { type Describe, describe } from "./entry.js";
import { inflate, joinGroups } from "./kernels.js";
import { MERGING } from "./merging.js";
import { zeroPadding } from "./padding.js";
import { describePooling } from "./pooling.js";
import { CHANNELS_LAST, plain, type TfjsLayer } from "./types.js";

/** How TensorFlow.js layers says each kind of layer; undefined for a kind that it cannot say at all. */
export function tfjsDescription(kind: LayerKind): Describe<Readonly<Record<string, unknown>>> | undefined {
  return DESCRIPTIONS.get(kind.type);
}

const DESCRIPTIONS: ReadonlyMap<string, Describe<Readonly<Record<string, unknown>>>> = new Map([
  describe(conv2d, (args, { weight }) => {
    const { strides, dilationRate, useBias } = args;
    // TF.js has either strides or dilation, never both.
    const isInflated = Math.max(...strides) > 1 && Math.max(...dilationRate) > 1;
    const joined = joinGroups(weight("kernel"), args.groups);
    const kernel = isInflated ? inflate(joined, dilationRate) : joined;
    const { padding, before } = paddingBefore(args.padding);
    const activated = splitActivation(args.activation);
    if ("refused" in activated) return activated;
    const { own, after } = activated;
    const config = {
      ...CHANNELS_LAST,
      filters: args.filters,
      kernel_size: kernel.shape.slice(0, 2),
      strides,
      padding,
      dilation_rate: isInflated ? [1, 1] : dilationRate,
      use_bias: useBias,
      activation: own,
    };
    return { ...before, main: plain("Conv2D", config, [kernel, ...(useBias ? [weight("bias")] : [])]), ...after };
  }),
  describe(maxPooling2d, (args, { inputs }) => describePooling("MaxPooling2D", args, inputs)),
  describe(averagePooling2d, (args, { inputs }) => describePooling("AveragePooling2D", args, inputs)),
  describe(globalMaxPooling2d, () => ({ main: plain("GlobalMaxPooling2D", CHANNELS_LAST) })),
  describe(globalAveragePooling2d, () => ({ main: plain("GlobalAveragePooling2D", CHANNELS_LAST) })),
  describe(zeroPadding2d, ({ padding }) => ({ main: zeroPadding(padding) })),
  describe(batchNormalization, ({ momentum, epsilon, center, scale }, { weight }) => {
    const names = [...(scale ? ["gamma"] : []), ...(center ? ["beta"] : []), "moving_mean", "moving_variance"];
    return { main: plain("BatchNormalization", { axis: -1, momentum, epsilon, center, scale }, names.map(weight)) };
  }),
  describe(dropout, ({ rate }) => ({ main: plain("Dropout", { rate }) })),
  describe(flatten, ({ order }, { inputs: [input] }) => {
    const turned = order === "channelsFirst" && input?.length === 3;
    return { ...(turned && { before: plain("Permute", { dims: [3, 1, 2] }) }), main: plain("Flatten", CHANNELS_LAST) };
  }),
  describe(dense, (args, { weight }) => {
    const activated = splitActivation(args.activation);
    if ("refused" in activated) return activated;
    const { own, after } = activated;
    const config = { units: args.units, use_bias: args.useBias, activation: own };
    return { main: plain("Dense", config, [weight("kernel"), ...(args.useBias ? [weight("bias")] : [])]), ...after };
  }),
  describe(activation, (args) => {
    if (args.activation === "leakyReLU") return { main: leakyRelu(args.alpha) };
    const activated = splitActivation(args.activation);
    return "refused" in activated ? activated : { main: plain("Activation", { activation: activated.own }) };
  }),
  ...MERGING,
  ...ARRANGING,
  ...CALCULATING,
]);

function paddingBefore(padding: "same" | "valid" | Padding): { padding: "same" | "valid"; before?: { before: TfjsLayer } } {
  if (typeof padding === "string") return { padding };
  return padding.some((size) => size > 0) ? { padding: "valid", before: { before: zeroPadding(padding) } } : { padding: "valid" };
}
