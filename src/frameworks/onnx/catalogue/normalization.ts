import { alongLast } from "../../../interpret/channelsFirst.js";
import { type Steps, step } from "../../../interpret/steps.js";
import { type Lowering, type Operands, onFirst } from "./operands.js";

/** By the moving statistics that are stored; training follows them. */
const batchNormalization: Lowering = onFirst((node) => {
  const { call } = node;
  if (call.number("spatial", 1) === 0) return undefined;
  const weights = sources(node, ["gamma", "beta", "moving_mean", "moving_variance"]);
  const args = { epsilon: call.number("epsilon", 1e-5), momentum: call.number("momentum", 0.9) };
  return weights && alongLast(1, node.rank, [step("batchNormalization", args, weights)]);
});

/** The inputs after the first, as weights of these names; undefined where one is not stored. */
function sources(node: Operands, names: readonly string[]) {
  const constants = names.map((_, i) => node.constant(i + 1));
  if (constants.includes(undefined)) return undefined;
  return Object.fromEntries(names.flatMap((name, i) => (constants[i] ? [[name, constants[i].source]] : [])));
}

const instanceNormalization: Lowering = onFirst((node) => grouped(node, node.input[1]));

const groupNormalization: Lowering = onFirst((node) =>
  // In operator set 18 the weights were one a group.
  node.constant(1)?.count === node.input[1] ? grouped(node, node.call.number("num_groups", 1)) : undefined,
);

function grouped(node: Operands, groups: number | undefined): Steps | undefined {
  const weights = sources(node, ["gamma", "beta"]);
  const args = { groups, epsilon: node.call.number("epsilon", 1e-5) };
  return weights && groups !== undefined ? node.onImage([step("groupNormalization", args, weights)]) : undefined;
}

const layerNormalization: Lowering = onFirst((node) => {
  const axis = node.axis(-1);
  const center = node.given(2);
  const weights = sources(node, center ? ["gamma", "beta"] : ["gamma"]);
  // Channels-last images have other last axes.
  if (axis === undefined || axis === 0 || node.isImage || !weights) return undefined;
  return [step("layerNormalization", { epsilon: node.call.number("epsilon", 1e-5), axes: node.rank - axis, center }, weights)];
});

const localResponse: Lowering = onFirst(({ call, isImage }) => {
  const size = call.number("size", undefined);
  if (size === undefined || !isImage) return undefined;
  const args = { size, alpha: call.number("alpha", 0.0001), beta: call.number("beta", 0.75), k: call.number("bias", 1) };
  return [step("localResponseNormalization", args)];
});

export const NORMALIZATIONS: Readonly<Record<string, Lowering>> = {
  BatchNormalization: batchNormalization,
  InstanceNormalization: instanceNormalization,
  GroupNormalization: groupNormalization,
  LayerNormalization: layerNormalization,
  LRN: localResponse,
};
