import { beforeAll, expect, it } from "vitest";
import { julia, loadJulia } from "./read.js";

beforeAll(loadJulia);

const formula = (layer: string) =>
  julia(`using Flux\nmodel = Chain(${layer})`)
    .read("model", [[28, 28, 3]])
    .layers[0]?.application?.formulas()
    .map(({ label, expression, value }) => `${label}: ${expression} = ${value}`)[0];

it("says the arithmetic of a window", () => {
  expect(formula("Conv((5, 5), 3 => 8; pad = 2)")).toBe("width, height: floor((28 + 2 + 2 - 5)/1) + 1 = 28");
  expect(formula("Conv((3, 3), 3 => 8; dilation = 2)")).toBe("width, height: floor((28 + 0 + 0 - (2*(3 - 1) + 1))/1) + 1 = 24");
});

it("marks numbers that are not known", () => {
  expect(formula("Conv((k, k), 3 => 8; stride = s, dilation = d, pad = p)")).toBe(
    "width, height: floor((28 + ? + ? - (?*(? - 1) + 1))/?) + 1 = ?",
  );
});

it.each(["Conv((3, 3), 3 => 8; stride = 0)", "Conv((0, 0), 3 => 8)", "MaxPool((2, 2); stride = 0)"])(
  "knows no size behind a window that cannot be: %s",
  (layer) => {
    const { outputs } = julia(`using Flux\nmodel = Chain(${layer})`).read("model", [[28, 28, 3]]);
    expect(outputs[0]?.slice(0, 2)).toEqual([undefined, undefined]);
  },
);
