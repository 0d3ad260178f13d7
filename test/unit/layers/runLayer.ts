import { ReferenceExecutor } from "../../../src/engine/reference/executor.js";
import { lowerActivation } from "../../../src/layers/activation.js";
import type { LayerShape } from "../../../src/layers/kind.js";
import { GraphBuilder } from "../../../src/program/graphBuilder.js";
import { BATCH, type Value } from "../../../src/program/types.js";
import { layerOf } from "./layerOf.js";

export interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Numbers from a fixed sequence, between -1 and 1, so that no two are equal. */
export function sequence(shape: readonly number[], start = 1): Numbers {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return { shape, data: Array.from({ length: size }, (_, i) => Math.sin((i + start) * 12.9898)) };
}

/** A layer's parameters by name, filled from the sequence; variances are positive. */
export function parametersOf(shape: LayerShape): Map<string, Numbers> {
  return new Map(
    shape.parameters.map(({ name, shape: sizes }, i) => {
      const { data } = sequence(sizes, 7 * i + 3);
      return [name, { shape: sizes, data: name.includes("variance") ? data.map((value) => value * value + 0.1) : data }];
    }),
  );
}

export interface LayerRun {
  readonly output: Numbers;
  readonly statistics: ReadonlyMap<string, readonly number[]>;
}

/** Lowers one layer and computes it in float64. Inputs have a batch axis; `uniform` is what random numbers are. */
export function runLayer(
  json: Readonly<Record<string, unknown>>,
  inputs: readonly Numbers[],
  options: { readonly training?: boolean; readonly uniform?: readonly number[] } = {},
): LayerRun {
  const { kind, args } = layerOf(json);
  const inferred = kind.infer(
    args,
    inputs.map((input) => input.shape.slice(1)),
    inputs.map((_, i) => `input${i}`),
  );
  if (!inferred.ok) throw new Error(inferred.error.message);
  const builder = new GraphBuilder();
  const fed: { name: string; value: Value; numbers: Numbers }[] = [];
  const feed = (name: string, numbers: Numbers) => {
    const value = builder.input(name, [BATCH, ...numbers.shape.slice(1)], "float32");
    fed.push({ name, value, numbers });
    return value;
  };
  const values = inputs.map((numbers, i) => feed(`input${i}`, numbers));
  const updates: { update: "assign"; variable: string; value: Value }[] = [];
  const output = kind.lower(args, values, inferred.value, {
    builder,
    training: options.training ?? false,
    parameter: (name) =>
      builder.variable(name, inferred.value.parameters.find((parameter) => parameter.name === name)?.shape ?? [], "weight"),
    random: (like) => feed("uniform", { shape: [inputs[0]?.shape[0] ?? 1, ...like.shape.slice(1)], data: options.uniform ?? [] }),
    activate: (x, activation) => lowerActivation(builder, activation, x),
    updateStatistic: (variable, value) => updates.push({ update: "assign", variable, value }),
  });
  const program = builder.finish({ run: { feeds: fed, fetches: [output], updates } }, 1);
  const executor = new ReferenceExecutor(program);
  const parameters = parametersOf(inferred.value);
  const known = new Set(program.variables.map(({ name }) => name));
  executor.write(new Map([...parameters].flatMap(([name, { data }]) => (known.has(name) ? [[name, Float64Array.from(data)]] : []))));
  const [result] = executor.runFloat64("run", Object.fromEntries(fed.map(({ name, numbers }) => [name, numbers])));
  if (!result) throw new Error("no result");
  const statistics = updates.map(({ variable }) => [variable, [...(executor.readFloat64([variable])[0] ?? [])]] as const);
  return { output: { shape: result.shape, data: [...result.data] }, statistics: new Map(statistics) };
}
