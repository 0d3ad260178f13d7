import { byNumber, doubled, fromNumber, type Operation, rescaled, type Steps, step } from "../../../interpret/steps.js";
import type { TensorShape } from "../../../interpret/tensor.js";
import type { Rule } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { roleOf, TorchTensor } from "../core/tensor.js";
import { elementwise } from "./broadcast.js";
import { ownStarts } from "./initializers.js";

/** Arithmetic of tensors, numbers and weights, of which one at least is a tensor of the network. */
export function arithmetic(operation: Operation): Rule {
  return elementwise((args) => steps(operation, args));
}

/** other - self */
export const reversedSubtraction: Rule = elementwise((args) => {
  const number = args.number("other");
  return number === undefined ? undefined : rescaled(-1, number);
});

function steps(operation: Operation, args: Args): Steps | undefined {
  const [first, second] = [args.tensor("self"), args.tensor("other")];
  const alpha = args.find("alpha") ? args.number("alpha") : 1;
  const [left, right] = [args.number("self"), args.number("other")];
  if (alpha === undefined) return undefined;
  if (right !== undefined) return byNumber(operation, operation === "add" || operation === "subtract" ? alpha * right : right);
  if (alpha !== 1) return undefined;
  if (left !== undefined) return fromNumber(operation, left);
  if (!first?.shape || !second?.shape) return undefined;
  if (first === second) return doubled(operation);
  if (roleOf(first) !== "data") return commutes(operation) ? byWeight(operation, args, "self", second.shape) : undefined;
  if (roleOf(second) !== "data") return byWeight(operation, args, "other", first.shape);
  return first.shape.length === second.shape.length && operation !== "power" ? [step(operation)] : undefined;
}

const commutes = (operation: Operation): boolean => operation === "add" || operation === "multiply";

/** A weight or statistic of the program's own, broadcast over a tensor of the network. */
function byWeight(operation: Operation, args: Args, name: "self" | "other", input: TensorShape): Steps | undefined {
  const tensor = args.tensor(name);
  const shape = tensor?.shape;
  if (!commutes(operation) || !(tensor instanceof TorchTensor) || !shape || shape.length > input.length) return undefined;
  const missing = input.length - shape.length;
  const whole = [...Array<number>(missing).fill(1), ...shape];
  if (whole[0] !== 1 || whole.includes(undefined)) return undefined;
  const order = input.length === 4 ? [0, 2, 3, 1] : input.map((_, axis) => axis);
  const [, ...sizes] = order.map((axis) => whole[axis]);
  const permutation = order.filter((axis) => axis >= missing).map((axis) => axis - missing);
  const isLearned = tensor.role === "parameter";
  const [type, weight] = operation === "add" ? ["bias", "bias"] : ["scaling", "scale"];
  const settings = { shape: sizes, ...(!isLearned && { trainable: false }), ...ownStarts(args, { initializer: name }) };
  return [step(type, settings, { [weight]: { parameter: name, permutation } })];
}
