import type { LayerArguments } from "../arguments.js";

/** Flux's initializers as ours are written; its default is glorot_uniform, as ours is. */
const INITIALIZERS: Readonly<Record<string, string | Readonly<Record<string, string | number>>>> = {
  glorot_uniform: "glorotUniform",
  glorot_normal: "glorotNormal",
  kaiming_uniform: "heUniform",
  kaiming_normal: "heNormal",
  lecun_normal: "leCunNormal",
  truncated_normal: { type: "truncatedNormal", mean: 0, stddev: 1 },
  zeros32: "zeros",
  ones32: "ones",
  rand32: { type: "randomUniform", minval: 0, maxval: 1 },
  randn32: { type: "randomNormal", mean: 0, stddev: 1 },
};

/**
 * How a layer's kernel and bias start; undefined where its `init` has no counterpart. What a function of the program would draw is not
 * known: layers with one start as Flux's usually do.
 */
export function startingWeights(args: LayerArguments): Readonly<Record<string, unknown>> | undefined {
  const useBias = args.flag("bias", true) !== false;
  const init = args.named("init");
  if (init?.kind !== "native") return { useBias };
  const kernelInitializer = INITIALIZERS[init.name];
  return kernelInitializer === undefined ? undefined : { useBias, kernelInitializer };
}
