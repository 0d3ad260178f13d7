import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CreateExecutor, Executor, TensorData } from "../../src/engine/executor.js";
import { createReferenceExecutor } from "../../src/engine/reference/executor.js";
import { operationProgram } from "./operationCases.js";

/** The largest difference, as a share of the largest expected number. */
export function relativeDifference(actual: TensorData | undefined, expected: TensorData): number {
  if (!actual || actual.data.length !== expected.data.length) return Number.POSITIVE_INFINITY;
  let scale = 0;
  let difference = 0;
  for (let i = 0; i < expected.data.length; i++) {
    const wanted = expected.data[i] ?? 0;
    const got = actual.data[i] ?? Number.NaN;
    scale = Math.max(scale, Math.abs(wanted));
    difference = Math.max(difference, Number.isNaN(got) ? Number.POSITIVE_INFINITY : Math.abs(got - wanted));
  }
  return difference === 0 ? 0 : difference / scale;
}

/** Every operation and its gradients on an engine against the float64 reference. */
export function describeOperations(title: string, create: CreateExecutor): void {
  describe(title, () => {
    const { program, feeds } = operationProgram();
    let engine: Executor;
    let reference: Executor;
    beforeAll(async () => {
      engine = await create(program);
      reference = await createReferenceExecutor(program);
    });
    afterAll(() => engine?.dispose());

    it.each([...feeds])("%s", (name, given) => {
      const expected = reference.run(name, given);
      const actual = engine.run(name, given);
      expect(actual.map(({ shape }) => [...shape])).toEqual(expected.map(({ shape }) => [...shape]));
      expected.forEach((tensor, i) => {
        expect(actual[i]?.data.constructor, `type of fetch ${i}`).toBe(tensor.data.constructor);
        expect(relativeDifference(actual[i], tensor), `fetch ${i}`).toBeLessThan(1e-5);
      });
    });
  });
}
