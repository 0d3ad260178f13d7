import { UserError } from "../base/userError.js";
import type { Shape } from "../layers/kind.js";
import { shapeText } from "../layers/words.js";
import type { Network } from "../model/network.js";
import type { NetworkShapes } from "../shape/types.js";
import type { SoundLayer } from "./lower.js";

/** What the network is to be trained on. */
export interface DataShape {
  /** [height, width, channels] of its images. */
  readonly inputShape: Shape;
  /** How many classes its labels name. */
  readonly classes: number;
}

const invalid = (message: string): UserError => new UserError(message, "networkInvalid");

/** The layers, once nothing keeps them from being trained on this data. Throws a UserError that says what does. */
export function soundLayers(network: Network, shapes: NetworkShapes, data: DataShape): SoundLayer[] {
  const [problem, ...more] = shapes.problems.filter(({ severity }) => severity === "error");
  if (problem) throw invalid(more.length === 0 ? problem.message : `${problem.message} (and ${more.length} more)`);
  checkInput(network, data.inputShape);
  const layers = shapes.layers.map(({ layer, shape }) => {
    if (!shape) throw invalid(`${layer.name}: its shape is unknown; correct its inputs and arguments first.`);
    return { layer, shape };
  });
  const last = layers.at(-1);
  if (!last) throw invalid("The network has no layers; add some, the last one with an output for each class.");
  checkOutput(network, last, data.classes);
  return layers;
}

function checkInput({ input }: Network, images: Shape): void {
  const wanted = `[${images.join(", ")}]`;
  if (!input) throw invalid(`The network does not say its input; the data's images are ${shapeText(images)}: add "input": ${wanted}.`);
  if (shapeText(input.shape) === shapeText(images)) return;
  throw invalid(
    `The network's input is ${shapeText(input.shape)}, but the data's images are ${shapeText(images)}; use "input": ${wanted}.`,
  );
}

function checkOutput({ training }: Network, { layer, shape }: SoundLayer, classes: number): void {
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
