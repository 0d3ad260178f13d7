import { one, type Rule, shapeOf } from "./rule.js";

const sized: Rule = (args) => one(args.sizes(0));

/** tensor4d(values, shape): the shape, else that of the nested arrays. */
const values: Rule = (args) => one(args.given(1) ? args.sizes(1) : shapeOf(args.values[0]));

const count: Rule = (args) => {
  const [start, stop, step] = [args.whole(0), args.whole(1), args.whole(2, 1)];
  return one(start === undefined || stop === undefined || !step ? undefined : [Math.max(0, Math.ceil((stop - start) / step))]);
};

/** Functions that make tensors out of no tensor. */
export const CREATION: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...["zeros", "ones", "fill", "randomNormal", "randomUniform", "truncatedNormal", "randomStandardNormal", "rand", "randomUniformInt"].map(
    (name): [string, Rule] => [name, sized],
  ),
  ...["tensor", "tensor1d", "tensor2d", "tensor3d", "tensor4d", "tensor5d", "tensor6d"].map((name): [string, Rule] => [name, values]),
  ["scalar", () => one([])],
  ["variable", (args) => one(args.shape(0))],
  ["range", count],
  ["linspace", (args) => one([args.whole(2)])],
  ["eye", (args) => one([args.whole(0), args.whole(1, args.whole(0))])],
]);
