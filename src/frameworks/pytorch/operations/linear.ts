import { thousands } from "../../../base/words.js";
import { alongLast, atPositions } from "../../../interpret/channelsFirst.js";
import { product, withSizes } from "../../../interpret/sizes.js";
import { type Steps, step } from "../../../interpret/steps.js";
import type { TensorShape } from "../../../interpret/tensor.js";
import type { LayerProblem } from "../../../layers/kind.js";
import { answer, problem, type Rule, setting } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { crossed } from "../core/sizes.js";
import { startingWeights } from "./initializers.js";

/** x W^T + b over the last axis, weights [out, in]: torch.nn.functional.linear. */
export const linear: Rule = (args) => {
  const input = args.shape("input");
  const [units, expected] = args.shape("weight") ?? [];
  const features = input?.at(-1);
  const output = input && [...input.slice(0, -1), units];
  const bias = args.isNone("bias") ? 0 : (units ?? 0);
  const rows = input && product(input.slice(1, -1));
  const each = product([features, units]);
  return answer(output, {
    multiplyAdds: withSizes([rows, each], (count, cost) => count * cost),
    reach: "global",
    formulas: () =>
      each === undefined
        ? []
        : [
            { label: "parameters", expression: `${features}*${units}${bias ? ` + ${bias}` : ""}`, value: thousands(each + bias) },
            {
              label: "multiply-adds",
              expression: `${rows === 1 ? "" : `${rows ?? "?"}*`}${features}*${units}`,
              value: rows === undefined ? "?" : thousands(each * rows),
            },
          ],
    catalogue: input && units !== undefined ? catalogue(args, input, units) : undefined,
    problem: features !== undefined && expected !== undefined && features !== expected ? misfit(args, features, expected) : undefined,
  });
};

/** Of vectors the catalogue's dense; of each position's features a convolution of a single pixel. */
function catalogue(args: Args, input: TensorShape, units: number): Steps | undefined {
  const hasBias = !args.isNone("bias");
  const weights = { kernel: { parameter: "weight", permutation: [1, 0] }, ...(hasBias && { bias: { parameter: "bias" } }) };
  const starts = startingWeights(args);
  if (input.length === 2) return [step("dense", { units, ...starts }, weights)];
  const convolved = [step("conv2d", { filters: units, kernelSize: 1, ...starts }, weights)];
  if (input.length === 4) return alongLast(3, 4, convolved);
  const [, positions] = input;
  return input.length === 3 && positions !== undefined ? atPositions(positions, units, convolved) : undefined;
}

function misfit(args: Args, features: number, expected: number): LayerProblem {
  const input = args.shape("input") ?? [];
  const rows = product(input.slice(0, -1));
  const message = `mat1 and mat2 shapes cannot be multiplied (${crossed([rows, features])} and ${crossed([expected, args.shape("weight")?.[0]])})`;
  if (!args.find("in_features")) return problem("wrong-features", message);
  const flat = product(input.slice(1));
  const insertBefore = { type: "nn.Flatten" };
  const insert =
    flat === expected || flat === undefined
      ? { title: "Flatten before it", insertBefore }
      : { title: `Flatten before it and set in_features=${flat}`, insertBefore, set: { in_features: flat } };
  return problem("wrong-features", message, {
    argument: "in_features",
    fixes: input.length > 2 ? [insert] : [setting("in_features", features)],
  });
}

/** x1^T A x2 + b, weights [out, in1, in2]. */
export const bilinear: Rule = (args) => {
  const input = args.shape("input1");
  const [units, first, second] = args.shape("weight") ?? [];
  return answer(input && [...input.slice(0, -1), units], { multiplyAdds: product([units, first, second]), reach: "global" });
};
