import { expect, test } from "vitest";
import { examples, start, stepFeeds } from "./calls.js";
import { compile, parseLayers } from "./networks.js";

const turn = { type: "dense", units: 2 };

test("a layer that is applied twice has one set of weights, whose gradients are summed", () => {
  const layers = [{ type: "flatten" }, { ...turn, name: "turn" }, { ...turn, weightsOf: "turn" }];
  const compiled = compile(parseLayers([1, 2, 1], layers, { loss: "meanSquaredError", metrics: [], optimizer: "sgd" }), 2);
  expect(compiled.trainable).toEqual(["turn/kernel", "turn/bias"]);
  const executor = start(compiled);
  const [a, b, c, d] = [0.5, -1, 2, 0.25] as const;
  const [p, q] = [0.1, -0.2] as const;
  executor.write(
    new Map([
      ["turn/kernel", Float64Array.of(a, b, c, d)],
      ["turn/bias", Float64Array.of(p, q)],
    ]),
  );
  const images = { shape: [1, 1, 2, 1], data: Uint8Array.of(51, 204) };
  const fed = { images, labels: { shape: [1], data: Int32Array.of(1) } };
  const [x, y] = [0.2, 0.8] as const;
  const first = [x * a + y * c + p, x * b + y * d + q] as const;
  const second = [first[0] * a + first[1] * c + p, first[0] * b + first[1] * d + q] as const;
  const answer = [...(executor.runFloat64("predict", { images })[0]?.data ?? [])];
  expect(answer).toEqual([expect.closeTo(second[0], 6), expect.closeTo(second[1], 6)]);

  // Of the mean of (second - [0, 1])^2: through the second application, and through the first one behind it.
  const [u, v] = [second[0], second[1] - 1] as const;
  const [s, t] = [u * a + v * b, u * c + v * d] as const;
  const [, kernel, bias] = executor.runFloat64("gradients", { ...fed, ...stepFeeds(1, 0) });
  const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 6) as number);
  expect([...(kernel?.data ?? [])]).toEqual(
    close([first[0] * u + x * s, first[0] * v + x * t, first[1] * u + y * s, first[1] * v + y * t]),
  );
  expect([...(bias?.data ?? [])]).toEqual(close([u + s, v + t]));
});

test("statistics go on from what the layer's last application has made of them", () => {
  const layers = [
    { type: "batchNormalization", name: "normal", momentum: 0.9, scale: false, center: false },
    { type: "rescaling", offset: 3 },
    { type: "batchNormalization", weightsOf: "normal", momentum: 0.9, scale: false, center: false },
    { type: "flatten" },
  ];
  const executor = start(compile(parseLayers([1, 2, 1], layers, { metrics: [] }), 2));
  const fed = examples(4, [1, 2, 1], 2);
  const pixels = [...(fed["images"]?.data ?? [])].map((pixel) => pixel / 255);
  const mean = pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length;
  executor.runFloat64("train", { ...fed, ...stepFeeds(1, 0) });
  // What is normalized has the mean 0, then 3 is added.
  const [moving] = executor.readFloat64(["normal/moving_mean"]);
  expect([...(moving ?? [])]).toEqual([expect.closeTo(0.9 * (0.1 * mean) + 0.1 * 3, 6)]);
});
