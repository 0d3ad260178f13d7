import type { Initializer } from "../layers/kind.js";
import type { Network } from "../model/network.js";
import { differentiate } from "../program/differentiate.js";
import { GraphBuilder } from "../program/graphBuilder.js";
import { BATCH, type ProgramFunction, type Value } from "../program/types.js";
import type { NetworkShapes } from "../shape/types.js";
import { lossPerExample } from "./loss.js";
import { type Answer, lowerNetwork, type SoundLayer, variableName } from "./lower.js";
import { metricPerExample } from "./metrics.js";
import { optimizerUpdates } from "./optimizer.js";
import { penalties } from "./penalties.js";
import { type DataShape, soundLayers } from "./sound.js";
import type { CompiledNetwork } from "./types.js";

/**
 * Compiles a network for training on this data: forward pass, loss, metrics, backward pass and optimizer, as types.ts describes. The
 * same network gives the same program. Throws a UserError naming the layer for what cannot be trained.
 */
export function compileNetwork(network: Network, shapes: NetworkShapes, data: DataShape): CompiledNetwork {
  const layers = soundLayers(network, shapes, data);
  const { loss, metrics, optimizer, l2, seed } = network.training;
  const builder = new GraphBuilder();
  const feeds = declareFeeds(builder, data);
  const { images, labels, learningRate, correction, randomCounter } = feeds;
  const scaled = builder.divide(builder.cast(images, "float32"), builder.scalar(255));
  const training = lowerNetwork(builder, layers, scaled, { training: true, randomCounter });
  const inference = lowerNetwork(builder, layers, scaled, { training: false, randomCounter });

  const parameters = allParameters(builder, layers);
  const weights = parameters.filter(({ parameter }) => parameter.trainable);
  const score = (answer: Answer, fn: "mean" | "sum"): readonly [loss: Value, ...metrics: Value[]] => [
    builder.reduce(fn, lossPerExample(builder, loss, answer, labels), [0], false),
    ...metrics.map((metric) => builder.reduce(fn, metricPerExample(builder, metric, loss, answer, labels), [0], false)),
  ];
  const [dataLoss, ...trainingMetrics] = score(training.answer, "mean");
  const penalty = penalties(builder, weights, l2);
  const totalLoss = penalty ? builder.add(dataLoss, penalty) : dataLoss;
  const gradients = differentiate(
    builder,
    totalLoss,
    weights.map(({ value }) => value),
  );
  const updates = optimizerUpdates(
    builder,
    optimizer,
    weights.map(({ name, value }, i) => ({ name, value, gradient: at(gradients, i) })),
    { learningRate, correction },
  );

  const fn = (fed: Partial<Feeds>, fetches: readonly Value[], changes: ProgramFunction["updates"] = []): ProgramFunction => ({
    feeds: Object.entries(fed).map(([name, value]) => ({ name, value })),
    fetches,
    updates: changes,
  });
  const functions = {
    train: fn(feeds, [totalLoss, ...trainingMetrics], [...updates, ...training.statistics]),
    evaluate: fn({ images, labels }, score(inference.answer, "sum")),
    predict: fn({ images }, [inference.answer.output]),
    maps: fn({ images }, inference.outputs),
    gradients: fn(feeds, [totalLoss, ...gradients]),
  };
  return {
    program: builder.finish(functions, seed),
    layers: layers.map(({ layer }) => layer.name),
    trainable: weights.map(({ name }) => name),
    initial: initializers(builder, parameters),
    kernels: kernelsOf(layers),
  };
}

type Feeds = ReturnType<typeof declareFeeds>;

function declareFeeds(builder: GraphBuilder, { inputShape }: DataShape) {
  return {
    images: builder.input("images", [BATCH, ...inputShape], "uint8"),
    labels: builder.input("labels", [BATCH], "int32"),
    learningRate: builder.input("learningRate", [], "float32"),
    correction: builder.input("correction", [], "float32"),
    randomCounter: builder.input("randomCounter", [2], "int32"),
  };
}

/** Every layer's parameters with their variables, in order. */
function allParameters(builder: GraphBuilder, layers: readonly SoundLayer[]) {
  return layers.flatMap(({ layer, shape }) =>
    shape.parameters.map((parameter) => {
      const name = variableName(layer.name, parameter.name);
      return { name, parameter, value: builder.variable(name, parameter.shape, parameter.trainable ? "weight" : "statistic") };
    }),
  );
}

/** Slots start as zeros, parameters as their layer says. */
function initializers(builder: GraphBuilder, parameters: ReturnType<typeof allParameters>): Map<string, Initializer> {
  const initial = new Map<string, Initializer>(builder.variables.map(({ name }) => [name, { kind: "zeros" }]));
  for (const { name, parameter } of parameters) initial.set(name, parameter.initializer);
  return initial;
}

function kernelsOf(layers: readonly SoundLayer[]): CompiledNetwork["kernels"] {
  const kernels = new Map<string, { kernel: string; bias?: string }>();
  for (const { layer, shape } of layers) {
    const has = (name: string): boolean => shape.parameters.some((parameter) => parameter.name === name);
    const main = ["kernel", "depthwise_kernel"].find(has);
    if (main === undefined) continue;
    const kernel = variableName(layer.name, main);
    kernels.set(layer.name, has("bias") ? { kernel, bias: variableName(layer.name, "bias") } : { kernel });
  }
  return kernels;
}

function at(values: readonly Value[], index: number): Value {
  const value = values[index];
  if (!value) throw new RangeError(`There is no value ${index}.`);
  return value;
}
