import { type Activation, lowerActivation } from "../layers/activation.js";
import type { LayerShape, LowerContext } from "../layers/kind.js";
import type { Layer } from "../model/network.js";
import type { GraphBuilder } from "../program/graphBuilder.js";
import type { Update, Value } from "../program/types.js";

/** A layer that inference has found right. */
export interface SoundLayer {
  readonly layer: Layer;
  readonly shape: LayerShape;
}

/** The network's output, and what its last activation was applied to: losses work on that where they can. */
export interface Answer {
  readonly output: Value;
  readonly beforeActivation: Value;
  /** "linear" where the last layer applies none, or not as the last thing it does. */
  readonly activation: Activation;
}

export interface LoweredNetwork {
  /** Every layer's output, in order. */
  readonly outputs: readonly Value[];
  readonly answer: Answer;
  /** New values of statistics; none where not training. */
  readonly statistics: readonly Update[];
}

export interface LowerOptions {
  readonly training: boolean;
  /** int32 [2], chooses the random numbers of a step. */
  readonly randomCounter: Value;
}

export const variableName = (layer: string, parameter: string): string => `${layer}/${parameter}`;

/** Adds a network's forward pass to a program. `images` are float32. */
export function lowerNetwork(
  builder: GraphBuilder,
  layers: readonly SoundLayer[],
  images: Value,
  { training, randomCounter }: LowerOptions,
): LoweredNetwork {
  const values = new Map([["input", images]]);
  const variables = new Map<string, Map<string, Value>>();
  const statistics = new Map<string, Value>();
  let streams = 0;
  let answer: Answer = { output: images, beforeActivation: images, activation: "linear" };
  for (const { layer, shape } of layers) {
    let activated = answer;
    const owner = layer.weightsOf ?? layer.name;
    const declared = shape.parameters.map(({ name, shape: size, trainable }): [string, Value] => [
      name,
      builder.variable(variableName(owner, name), size, trainable ? "weight" : "statistic"),
    ]);
    const parameters = variables.get(owner) ?? new Map(declared);
    variables.set(owner, parameters);
    const context: LowerContext = {
      builder,
      training,
      parameter: (name) => known(parameters, name),
      random: (like) => builder.randomUniform(like, randomCounter, streams++),
      activate: (beforeActivation, activation) => {
        const output = lowerActivation(builder, activation, beforeActivation);
        activated = { output, beforeActivation, activation };
        return output;
      },
      updateStatistic: (name, value) => {
        statistics.set(variableName(owner, name), value);
        // Who shares it goes on from what it is now.
        parameters.set(name, value);
      },
    };
    const inputs = layer.inputs.map((name) => known(values, name));
    const output = layer.kind.lower(layer.args, inputs, shape, context);
    values.set(layer.name, output);
    answer = activated.output.id === output.id ? activated : { output, beforeActivation: output, activation: "linear" };
  }
  return {
    outputs: layers.map(({ layer }) => known(values, layer.name)),
    answer,
    statistics: [...statistics].map(([variable, value]) => ({ update: "assign", variable, value })),
  };
}

function known(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name);
  if (!value) throw new Error(`There is nothing named ${name} here.`);
  return value;
}
