import { fact, isRefused, make, type Rule, refuse, written } from "../call.js";
import { placeWindow } from "../window.js";

const pool: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const kernel = call.numbers("kernel_shape");
  if (shape === undefined) return make(fact(kernel && [undefined, undefined, ...kernel.map(() => undefined)], dtype), indices(undefined));
  if (kernel === undefined) return refuse("has no kernel_shape");
  const placed = placeWindow(call, shape, kernel);
  if (isRefused(placed)) return placed;
  const output = [shape[0], shape[1], ...placed.sizes];
  return { outputs: [fact(output, dtype), indices(output)], reach: placed.reach, formulas: placed.formulas, multiplyAdds: 0 };
};

/** MaxPool's second output. */
const indices = (shape: Parameters<typeof fact>[0]) => fact(shape, "int64");

const globalPool: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  if (shape !== undefined && shape.length < 2) return refuse(`takes images, not an input of ${written(shape)}`);
  return {
    outputs: [
      fact(
        shape?.map((size, axis) => (axis < 2 ? size : 1)),
        dtype,
      ),
    ],
    reach: "global",
    multiplyAdds: 0,
  };
};

/** Undoes a MaxPool without padding unless its output_shape is given. */
const unpool: Rule = (call) => {
  const { shape, dtype } = call.input(0);
  const kernel = call.numbers("kernel_shape") ?? [];
  if (call.given(2)) return make(fact(call.input(2).elements ?? shape?.map(() => undefined), dtype));
  const pads = call.numbers("pads") ?? [];
  const strides = call.numbers("strides") ?? [];
  const sizes = shape?.slice(2).map((size, i) => {
    const before = pads[i] ?? 0;
    const after = pads[i + kernel.length] ?? 0;
    return size === undefined ? undefined : (size - 1) * (strides[i] ?? 1) + (kernel[i] ?? 1) - before - after;
  });
  return make(fact(shape && sizes && [shape[0], shape[1], ...sizes], dtype));
};

/** One picture of a fixed size for each region. */
const regions =
  (size: (call: Parameters<Rule>[0]) => readonly number[]): Rule =>
  (call) => {
    const { shape, dtype } = call.input(0);
    return make(fact([call.input(1).shape?.[0], shape?.[1], ...size(call)], dtype));
  };

export const POOLS: Readonly<Record<string, Rule>> = {
  MaxPool: pool,
  AveragePool: pool,
  LpPool: pool,
  QLinearAveragePool: pool,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  GlobalLpPool: globalPool,
  QLinearGlobalAveragePool: globalPool,
  MaxUnpool: unpool,
  MaxRoiPool: regions((call) => call.numbers("pooled_shape") ?? []),
  RoiAlign: regions((call) => [call.number("output_height", 1), call.number("output_width", 1)]),
};
