import { broadcast } from "../../../interpret/sizes.js";
import { one, type Rule, written } from "./rule.js";

const same: Rule = (args) => one(args.shape(0));

const both: Rule = (args, fail) => {
  const [left, right] = [args.shape(0), args.shape(1)];
  if (!left || !right) return one(left?.length === 0 ? right : undefined);
  const shape = broadcast(left, right);
  return one(shape ?? fail(`operands could not be broadcast together with shapes ${written(left)} and ${written(right)}`));
};

const UNARY =
  "abs acos acosh asin asinh atan atanh batchNorm batchNorm2d batchNorm3d batchNorm4d cast ceil clipByValue clone cos cosh cumsum dropout elu erf exp expm1 floor isFinite isInf isNaN leakyRelu " +
  "localResponseNormalization log log1p logSigmoid logSoftmax logicalNot neg onesLike reciprocal relu relu6 reverse round rsqrt selu sigmoid sign sin sinh softmax softplus sqrt square step tan tanh " +
  "toBool toFloat toInt zerosLike";
const BINARY =
  "add atan2 div divNoNan equal floorDiv greater greaterEqual less lessEqual logicalAnd logicalOr logicalXor maximum minimum mod mul notEqual pow prelu squaredDifference sub";

/** Operations that keep a shape, or join two as NumPy broadcasts. */
export const ELEMENTWISE: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...UNARY.split(" ").map((name): [string, Rule] => [name, same]),
  ...BINARY.split(" ").map((name): [string, Rule] => [name, both]),
  ["where", (args) => one(args.shape(1) ?? args.shape(2))],
  ["addN", (args) => one(args.values[0]?.kind === "list" ? args.from(0).shape(0)?.slice(1) : undefined)],
]);
