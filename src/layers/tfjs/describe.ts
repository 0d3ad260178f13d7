import { activation } from "../activationLayer.js";
import { dense } from "../dense.js";
import { flatten } from "../flatten.js";
import type { LayerKind } from "../kind.js";
import { zeroPadding2d } from "../zeroPadding2d.js";
import { leakyRelu, splitActivation } from "./activations.js";
import { ARRANGING } from "./arranging.js";
import { CALCULATING } from "./calculating.js";
import { CONVOLVING } from "./convolving.js";
import { type Describe, describe } from "./entry.js";
import { MERGING } from "./merging.js";
import { NORMALIZING } from "./normalizing.js";
import { zeroPadding } from "./padding.js";
import { POOLING } from "./pooling.js";
import { CHANNELS_LAST, plain } from "./types.js";

/** How TensorFlow.js layers says each kind of layer; undefined for a kind that it cannot say at all. */
export function tfjsDescription(kind: LayerKind): Describe<Readonly<Record<string, unknown>>> | undefined {
  return DESCRIPTIONS.get(kind.type);
}

const DESCRIPTIONS: ReadonlyMap<string, Describe<Readonly<Record<string, unknown>>>> = new Map([
  ...CONVOLVING,
  ...POOLING,
  describe(zeroPadding2d, ({ padding }) => ({ main: zeroPadding(padding) })),
  ...NORMALIZING,
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
