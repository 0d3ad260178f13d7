import { programError } from "../../../interpret/errors.js";
import type { Size } from "../../../interpret/tensor.js";
import { type ClassValue, NONE, tuple, type Value } from "../../../interpret/values.js";
import type { Args } from "../core/args.js";
import { integerOr } from "../core/signature.js";
import { buffer, parameter, parameterIf } from "../core/tensor.js";
import { channelNorm, groupNorm, layerNorm, localResponseNorm } from "../operations/norm.js";
import { layerClass } from "./layer.js";

const RANKS: Readonly<Record<number, { readonly batch: readonly number[]; readonly instance: readonly number[] }>> = {
  1: { batch: [2, 3], instance: [2, 3] },
  2: { batch: [4], instance: [3, 4] },
  3: { batch: [5], instance: [4, 5] },
};

function statistics(args: Args, features: Size): Record<string, Value> {
  const affine = args.flag("affine", true);
  const tracked = args.flag("track_running_stats", true);
  return {
    weight: parameterIf(affine, features),
    bias: parameterIf(affine, features),
    running_mean: tracked ? buffer("float32", features) : NONE,
    running_var: tracked ? buffer("float32", features) : NONE,
    num_batches_tracked: tracked ? buffer("int64") : NONE,
  };
}

function norms(count: number): ClassValue[] {
  const { batch, instance } = RANKS[count] ?? { batch: [], instance: [] };
  const options = (affine: string, tracked: string) =>
    `eps=1e-5, momentum=0.1, affine=${affine}, track_running_stats=${tracked}, device=None, dtype=None`;
  const fields = (args: Args) => statistics(args, args.number("num_features"));
  const lazily = (becomes: string) => ({
    fields: () => ({ weight: NONE, bias: NONE, running_mean: NONE, running_var: NONE }),
    lazy: {
      becomes,
      fields: (args: Args) => {
        const features = args.shape("input")?.[1];
        return { num_features: integerOr(features), ...statistics(args, features) };
      },
    },
  });
  return [
    layerClass(`BatchNorm${count}d(num_features, ${options("True", "True")})`, channelNorm("batch", batch), { fields }),
    layerClass(`InstanceNorm${count}d(num_features, ${options("False", "False")})`, channelNorm("instance", instance), { fields }),
    layerClass(`LazyBatchNorm${count}d(${options("True", "True")})`, channelNorm("batch", batch), lazily(`BatchNorm${count}d`)),
    layerClass(
      `LazyInstanceNorm${count}d(${options("False", "False")})`,
      channelNorm("instance", instance),
      lazily(`InstanceNorm${count}d`),
    ),
  ];
}

const synchronized = layerClass(
  "SyncBatchNorm(num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, process_group=None, device=None, dtype=None)",
  channelNorm("batch", [2, 3, 4, 5]),
  { fields: (args) => statistics(args, args.number("num_features")) },
);

const group = layerClass("GroupNorm(num_groups, num_channels, eps=1e-5, affine=True, device=None, dtype=None)", groupNorm, {
  fields: (args) => {
    const [groups, channels] = [args.number("num_groups"), args.number("num_channels")];
    if (groups !== undefined && channels !== undefined && channels % groups !== 0) {
      throw programError("ValueError", `num_channels (${channels}) must be divisible by num_groups (${groups})`, args.call.place);
    }
    const affine = args.flag("affine", true);
    return { weight: parameterIf(affine, channels), bias: parameterIf(affine, channels) };
  },
});

/** `normalized_shape` as PyTorch keeps it, and weights of it. */
function overLast(args: Args, hasBias: boolean): Record<string, Value> {
  const shape = args.numbers("normalized_shape");
  const affine = args.flag("elementwise_affine", true);
  return {
    normalized_shape: shape ? tuple(shape.map((size) => integerOr(size))) : args.value("normalized_shape"),
    weight: parameterIf(affine, ...(shape ?? [undefined])),
    ...(hasBias && { bias: affine && args.flag("bias", true) ? parameter(...(shape ?? [undefined])) : NONE }),
  };
}

const last = layerClass("LayerNorm(normalized_shape, eps=1e-5, elementwise_affine=True, bias=True, device=None, dtype=None)", layerNorm, {
  fields: (args) => overLast(args, true),
});

const rootMeanSquare = layerClass("RMSNorm(normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None)", layerNorm, {
  fields: (args) => overLast(args, false),
});

export const NORMS: readonly ClassValue[] = [
  ...[1, 2, 3].flatMap(norms),
  synchronized,
  group,
  last,
  rootMeanSquare,
  layerClass("LocalResponseNorm(size, alpha=0.0001, beta=0.75, k=1.0)", localResponseNorm),
  layerClass("CrossMapLRN2d(size, alpha=0.0001, beta=0.75, k=1)", localResponseNorm),
];
