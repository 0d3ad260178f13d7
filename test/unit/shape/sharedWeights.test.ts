import { expect, test } from "vitest";
import { inferShapes } from "../../../src/shape/infer.js";
import { parseLayers } from "../compile/networks.js";

const infer = (...layers: object[]) => inferShapes(parseLayers([8, 8, 2], layers));

test("weights that layers share count once", () => {
  const { layers, totalParameters, totalMultiplyAdds, problems } = infer(
    { type: "conv2d", name: "first", filters: 2, kernelSize: 3, padding: "same" },
    { type: "conv2d", filters: 2, kernelSize: 3, padding: "same", strides: 2, weightsOf: "first" },
  );
  expect(problems).toEqual([]);
  expect(layers.map(({ shape }) => [shape?.output, shape?.parameters.map(({ name }) => name)])).toEqual([
    [
      [8, 8, 2],
      ["kernel", "bias"],
    ],
    [[4, 4, 2], []],
  ]);
  expect(totalParameters).toBe(3 * 3 * 2 * 2 + 2);
  expect(totalMultiplyAdds).toBe((64 + 16) * 3 * 3 * 2 * 2);
});

test.each([
  [
    [{ type: "conv2d", filters: 3, kernelSize: 3, weightsOf: "first" }],
    "conv2d_1: needs a kernel of 3x3x4x3, but that of first is 3x3x2x4; give both the same arguments and inputs of equal depth.",
  ],
  [
    [{ type: "depthwiseConv2d", kernelSize: 3, weightsOf: "first" }],
    "depthwiseConv2d_1: uses the weights of first, which is of type conv2d; name a depthwiseConv2d.",
  ],
  [
    [
      { type: "flatten", name: "flat" },
      { type: "flatten", weightsOf: "flat" },
    ],
    "flatten: uses the weights of flat, but layers of type flatten as this one have none.",
  ],
])("layers have to fit: %j", (more, message) => {
  const { problems } = infer({ type: "conv2d", name: "first", filters: 4, kernelSize: 3 }, ...more);
  expect(problems.map((problem) => problem.message)).toEqual([message]);
});

test("whose weights are shared has them itself", () => {
  const turn = { type: "dense", units: 4 };
  const network = parseLayers(
    [4],
    [
      { ...turn, name: "first" },
      { ...turn, name: "second", weightsOf: "first" },
      { ...turn, weightsOf: "second" },
    ],
  );
  const { problems } = inferShapes(network, ({ name }, fix) => ({ title: `${name}: ${fix.title}`, edits: [] }));
  expect(problems).toMatchObject([
    {
      message: "dense_1: uses the weights of second, which are those of first; name first.",
      fixes: [{ title: "dense_1: Use the weights of first" }],
    },
  ]);
});
