import { product } from "../../../interpret/sizes.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { fact, make, type NodeCall, type Rule } from "../call.js";
import { type Fact, UNKNOWN } from "../graph.js";

/** Follows the branch that is taken where the condition is known, else what both agree on. */
const either: Rule = (call) => {
  const answer = (name: string) => {
    const graph = call.attribute(name)?.graph;
    return graph ? call.branch(graph) : [];
  };
  const [condition] = call.input(0).elements ?? [];
  if (condition !== undefined) return make(...answer(condition ? "then_branch" : "else_branch"));
  const then = answer("then_branch");
  const otherwise = answer("else_branch");
  return make(...call.node.outputs.map((_, i) => common(then[i] ?? UNKNOWN, otherwise[i] ?? UNKNOWN)));
};

function common(a: Fact, b: Fact): Fact {
  const dtype = a.dtype === b.dtype ? a.dtype : undefined;
  const agree = a.shape !== undefined && b.shape !== undefined && a.shape.length === b.shape.length;
  return fact(agree ? a.shape?.map((size, axis) => (size === b.shape?.[axis] ? size : undefined)) : undefined, dtype);
}

/** Values carried through a loop may change their shape: only what the body declares is known. */
const loop: Rule = (call) => {
  const carried = Math.max(0, call.inputs.length - 2);
  const declared = call.attribute("body")?.graph?.outputs ?? [];
  const results = declared.slice(1).map(({ shape, dtype }, i) => fact(i < carried ? shape : shape && [undefined, ...shape], dtype));
  return make(...call.node.outputs.map((_, i) => results[i] ?? UNKNOWN));
};

const nonMaxSuppression: Rule = () => make(fact([undefined, 3], "int64"));

/** Directions of recurrent layers: [steps, directions, batch, units] and the last states; layout 1 has the batch in front. */
const recurrent: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const directions = call.text("direction", "forward") === "bidirectional" ? 2 : 1;
  const units = call.number("hidden_size", undefined) ?? call.input(2).shape?.[2];
  const [first, second] = shape ?? [];
  const behind = call.number("layout", 0) === 1;
  const batch = behind ? first : second;
  const all: TensorShape = behind ? [first, second, directions, units] : [first, directions, second, units];
  const state: TensorShape = behind ? [batch, directions, units] : [directions, batch, units];
  return { outputs: [fact(all, dtype), fact(state, dtype), fact(state, dtype)], multiplyAdds: steps(call, shape, behind) };
};

/** Every step multiplies the input and the state by their matrices. */
function steps(call: NodeCall, shape: TensorShape | undefined, behind: boolean): Size {
  const length = shape?.[behind ? 1 : 0];
  const matrices = [call.input(1).shape, call.input(2).shape].map((matrix) => matrix && product(matrix));
  const [w, r] = matrices;
  return length === undefined || w === undefined || r === undefined ? undefined : length * (w + r);
}

export const CONTROL: Readonly<Record<string, Rule>> = {
  If: either,
  Loop: loop,
  NonMaxSuppression: nonMaxSuppression,
  LSTM: recurrent,
  GRU: recurrent,
  RNN: recurrent,
};
