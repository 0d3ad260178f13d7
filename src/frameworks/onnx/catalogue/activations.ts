import { alongLast, ownAxis, reshaped } from "../../../interpret/channelsFirst.js";
import { product } from "../../../interpret/sizes.js";
import { activation, clamped, rescaled, type Steps, step } from "../../../interpret/steps.js";
import { aligned, laid } from "./affine.js";
import { all, type Lowering, type Operands, onFirst } from "./operands.js";

const named = (name: string): Lowering => onFirst(() => [activation(name)]);

/** Layers with a slope. */
const sloped = (type: string, fallback: number): Lowering => onFirst(({ call }) => [step(type, { alpha: call.number("alpha", fallback) })]);

/** max(0, min(1, alpha*x + beta)) */
const hardSigmoid: Lowering = onFirst(({ call }) => {
  const [alpha, beta] = [call.number("alpha", 0.2), call.number("beta", 0.5)];
  if (beta === 0.5 && near(alpha, 0.2)) return [activation("hardSigmoid")];
  if (beta === 0.5 && near(alpha, 1 / 6)) return [activation("hardSigmoid6")];
  return all(rescaled(alpha, beta), clamped(0, 1));
});

/** Attributes are stored as float32. */
function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-6;
}

/** Limits are attributes in old operator sets, and inputs in new ones. */
const clip: Lowering = onFirst((node) => {
  const limit = (name: string, index: number, none: number) => (node.given(index) ? node.scalar(index) : node.call.number(name, none));
  const least = limit("min", 1, Number.NEGATIVE_INFINITY);
  const most = limit("max", 2, Number.POSITIVE_INFINITY);
  return least === undefined || most === undefined ? undefined : clamped(least, most);
});

const prelu: Lowering = onFirst((node) => {
  const { call, input, rank } = node;
  const constant = node.constant(1);
  // Before operator set 7: one slope a channel.
  const isChannels = call.operatorSet < 7 && constant?.shape.length === 1 && constant.count > 1;
  const slope = isChannels ? constant.reshaped([constant.count, ...Array<number>(rank - 2).fill(1)]) : aligned(node, constant);
  const over = laid(slope, rank);
  if (!over || input.includes(undefined)) return undefined;
  const sizes = [...Array<number>(rank - 1 - over.shape.length).fill(1), ...over.shape];
  const sharedAxes = sizes.flatMap((size, i) => (size === 1 ? [i + 1] : []));
  return [step("pReLU", { sharedAxes }, { alpha: over.constant.source })];
});

/** Along an axis; before operator set 13 along all axes from it on, as if they were one. */
const softmax = (name: string): Lowering =>
  onFirst((node) => {
    const isOld = node.call.operatorSet < 13;
    const axis = node.axis(isOld ? 1 : -1);
    if (axis === undefined || axis === 0) return undefined;
    const along = [activation(name)];
    const behind = node.input.slice(axis + 1);
    if (!isOld || behind.every((size) => size === 1)) return softmaxAlong(node, axis, name, along);
    const row = reshaped(node.input, [...node.input.slice(0, axis), product(node.input.slice(axis))]);
    return axis === 1 ? all(row, along, reshaped([node.input[0], product(node.input.slice(1))], node.output)) : undefined;
  });

function softmaxAlong({ rank }: Operands, axis: number, name: string, along: Steps): Steps | undefined {
  const own = ownAxis(axis, rank);
  if (name !== "softmax" || own === undefined || own === rank - 2) return alongLast(axis, rank, along);
  return [step("softmax", { axis: own - (rank - 1) })];
}

const gelu: Lowering = onFirst(({ call }) => [activation(call.text("approximate", "none") === "tanh" ? "geluTanh" : "gelu")]);

/** Its constants are those of the paper. */
const selu: Lowering = onFirst(({ call }) =>
  near(call.number("alpha", 1.6732632), 1.6732632) && near(call.number("gamma", 1.050701), 1.050701) ? [activation("selu")] : undefined,
);

export const ACTIVATIONS: Readonly<Record<string, Lowering>> = {
  Relu: named("relu"),
  Sigmoid: named("sigmoid"),
  Tanh: named("tanh"),
  Softplus: named("softplus"),
  Softsign: named("softsign"),
  HardSwish: named("hardSwish"),
  Mish: named("mish"),
  Exp: named("exponential"),
  Abs: named("absolute"),
  Sqrt: named("squareRoot"),
  FastGelu: onFirst((node) => (node.given(1) ? undefined : [activation("geluTanh")])),
  Gelu: gelu,
  Selu: selu,
  Elu: sloped("eLU", 1),
  LeakyRelu: sloped("leakyReLU", 0.01),
  HardSigmoid: hardSigmoid,
  Clip: clip,
  PRelu: prelu,
  Softmax: softmax("softmax"),
  LogSoftmax: softmax("logSoftmax"),
};
