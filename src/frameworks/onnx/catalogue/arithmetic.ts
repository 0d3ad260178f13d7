import { byNumber, fromNumber, type Operation, rescaled, type Steps, step } from "../../../interpret/steps.js";
import { added, aligned, laid, scaled } from "./affine.js";
import { all, type Lowering, type Operands, onFirst } from "./operands.js";

/** An operation of two: of computed values a merge; with a number a rescaling; with a stored tensor a layer that learns it. */
const binary =
  (operation: Operation, withTensor: (node: Operands, first: boolean) => Steps | undefined = () => undefined): Lowering =>
  (node) => {
    const [left, right] = [node.isComputed(0), node.isComputed(1)];
    if (left && right) return merged(node, operation);
    // The shape must be that of what is computed, however the other one is laid over it.
    const computed = left ? 0 : 1;
    if (String(node.shape(computed)) !== String(node.output)) return undefined;
    const number = node.scalar(1 - computed);
    if (number === undefined) return withTensor(node, !left);
    return left ? byNumber(operation, number) : fromNumber(operation, number);
  };

/** Merges take tensors of as many axes. */
function merged(node: Operands, type: string): Steps | undefined {
  const ranks = new Set(node.call.inputs.map((_, i) => node.shape(i).length));
  return ranks.size === 1 ? [step(type)] : undefined;
}

const over = (node: Operands, index: number) => laid(aligned(node, node.constant(index)), node.output.length);
const NEGATED = rescaled(-1, 0);
const power = (exponent: number): Steps => [step("power", { exponent })];

const add = binary("add", (node, first) => added(over(node, first ? 0 : 1)));

/** x - c is -(-x + c), so that c stays as it is stored. */
const subtract = binary("subtract", (node, first) =>
  first ? all(NEGATED, added(over(node, 0))) : all(NEGATED, added(over(node, 1)), NEGATED),
);

const multiply = binary("multiply", (node, first) => scaled(over(node, first ? 0 : 1)));
const divide = binary("divide", (node, first) => (first ? all(power(-1), scaled(over(node, 0))) : undefined));

/** Of any number of inputs. */
const several =
  (merge: string, two?: Lowering): Lowering =>
  (node) => {
    const count = node.call.inputs.length;
    if (two && count === 2) return two(node);
    if (!node.call.inputs.every((_, i) => node.isComputed(i))) return undefined;
    return count === 1 ? [] : merged(node, merge);
  };

/** To a power that is known. */
const raise: Lowering = onFirst((node) => {
  const exponent = node.scalar(1);
  return exponent === undefined || String(node.input) !== String(node.output) ? undefined : power(exponent);
});

export const ARITHMETIC: Readonly<Record<string, Lowering>> = {
  Add: add,
  Sub: subtract,
  Mul: multiply,
  Div: divide,
  Pow: raise,
  Neg: onFirst(() => NEGATED),
  Reciprocal: onFirst(() => power(-1)),
  Sum: several("add", add),
  Mean: several("average"),
  Max: several("maximum", binary("maximum")),
  Min: several("minimum", binary("minimum")),
};
