import { expect, test } from "vitest";
import { type Numbers, runLayer, sequence } from "./runLayer.js";

/**
 * What PyTorch 2 answered to a call, images turned to channels last. Its `x` is the sequence of runLayer.ts in the layer's input
 * shape, its weights are those that runLayer.ts gives the layer, their axes in PyTorch's order.
 */
export interface TorchCase {
  readonly call: string;
  readonly layer: Readonly<Record<string, unknown>>;
  readonly input: readonly number[];
  /** Rounded to five decimals. */
  readonly output: Numbers;
}

/** A test for each case, named by its call. */
export function testTorchCases(cases: readonly TorchCase[]): void {
  test.each(cases.map((each) => [each.call, each] as const))("%s", (_, { layer, input, output }) => {
    const answer = runLayer(layer, [sequence(input)]).output;
    expect(answer.shape).toEqual(output.shape);
    const difference = output.data.map((value, i) => Math.abs(value - (answer.data[i] ?? Number.NaN)));
    expect(Math.max(...difference)).toBeLessThan(1e-5);
  });
}
