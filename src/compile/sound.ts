import type { Shape } from "../layers/kind.js";
import { shapeText } from "../layers/words.js";
import type { Network } from "../model/network.js";
import type { NetworkShapes } from "../shape/types.js";
import type { SoundLayer } from "./lower.js";
import { NetworkError } from "./networkError.js";

/** What the network is to be trained on. */
export interface DataShape {
  /** [height, width, channels] of its images. */
  readonly inputShape: Shape;
  /** How many classes its labels name. */
  readonly classes: number;
}

/** The layers, once nothing keeps them from being trained on this data. Throws a NetworkError that says what does. */
export function soundLayers(network: Network, shapes: NetworkShapes, data: DataShape): SoundLayer[] {
  const [problem, ...more] = shapes.problems.filter(({ severity }) => severity === "error");
  if (problem) throw new NetworkError(more.length === 0 ? problem.message : `${problem.message} (and ${more.length} more)`, problem.range);
  checkInput(network, data.inputShape);
  const layers = shapes.layers.map(({ layer, shape }) => {
    if (!shape) throw new NetworkError(`${layer.name}: its shape is unknown; correct its inputs and arguments first.`, layer.range);
    return { layer, shape };
  });
  const last = layers.at(-1);
  if (!last) throw new NetworkError("The network has no layers; add some, the last one with an output for each class.", undefined);
  checkOutput(network, last, data.classes);
  return layers;
}

function checkInput({ input }: Network, images: Shape): void {
  const wanted = `[${images.join(", ")}]`;
  const are = `the data's images are ${shapeText(images)}`;
  if (!input) throw new NetworkError(`The network does not say its input; ${are}: add "input": ${wanted}.`, undefined);
  if (shapeText(input.shape) === shapeText(images)) return;
  throw new NetworkError(
    `The network's input is ${shapeText(input.shape)}, but ${are}; make it ${wanted}, or name other data.`,
    input.range,
  );
}

function checkOutput({ training }: Network, { layer, shape }: SoundLayer, classes: number): void {
  const invalid = (message: string) => new NetworkError(message, layer.range);
  const [units, ...others] = shape.output;
  if (units === undefined || others.length > 0) {
    const output = `The last layer ${layer.name} yields ${shapeText(shape.output)}, not a vector`;
    throw invalid(`${output}; end with flatten or globalAveragePooling2d and a dense layer with ${classes} units.`);
  }
  const single = units === 1 && classes === 2 && training.loss !== "categoricalCrossentropy";
  if (units !== classes && !single)
    throw invalid(`The last layer ${layer.name} has ${outputs(units)}, but the data has ${classes} classes; use ${classes} units there.`);
  if (single && training.metrics.includes("top5"))
    throw invalid(`The metric top5 needs an output for each class, but ${layer.name} has a single one; leave top5 out of metrics.`);
}

const outputs = (units: number): string => (units === 1 ? "1 output" : `${units} outputs`);
