import { err, ok, type Result } from "../base/result.js";
import type { TextRange } from "../base/text.js";
import type { Layout } from "../frameworks/framework.js";
import type { Tensor } from "../interpret/tensor.js";
import type { Application } from "../interpret/trace.js";
import { readNetwork } from "../model/read.js";
import { inferShapes } from "../shape/infer.js";
import { channelsLast } from "./layout.js";
import { neededTensors } from "./neededTensors.js";
import { NetworkWriter, type TranslatedWeight, Untranslatable, type WrittenLayer } from "./networkWriter.js";
import { soundTraining } from "./training.js";
import type { ModelReading, ReadLayer } from "./types.js";

/** A reading as a network of our own. */
export interface Translated {
  /** The text of a `.cnn.json` file. */
  readonly text: string;
  /** Which layer of the reading each layer of the text stands for, by its name there. */
  readonly sources: ReadonlyMap<string, ReadLayer>;
  /** Where the weights of the text's layers are among the reading's, by our variable's name ("conv1/kernel"). */
  readonly weights: ReadonlyMap<string, TranslatedWeight>;
  /** The data that the text names; undefined where nothing tells. */
  readonly data?: string;
}

/** Why a reading cannot be trained here; the range is that of the layer, where it has one. */
export interface NotTrainable {
  readonly message: string;
  readonly range: TextRange | undefined;
}

const LOG_SOFTMAX = /log_?softmax$/i;

/**
 * Translates a model that was read into layers of the catalogue. What it answers has been held against the reading: every layer's
 * shape is the one the framework's own rules gave.
 */
export function toCnnJson(reading: ModelReading): Result<Translated, NotTrainable> {
  const { layout } = reading;
  const [input, ...others] = reading.inputs;
  const shape = input && channelsLast(input, layout);
  const problem = reading.problems.find(({ severity }) => severity === "error") ?? (input ? undefined : reading.problems[0]);
  if (problem) return err(problem);
  if (!shape || others.length > 0) {
    const message = `${reading.target} takes ${others.length + 1} inputs; networks with one input can be trained`;
    return err({ message: shape ? message : `the input of ${reading.target} is not known`, range: undefined });
  }
  const writer = new NetworkWriter();
  const image = imageFor(shape);
  const start = image === shape ? "input" : writer.put("input_reshape", "reshape", ["input"], { targetShape: shape });
  try {
    writeLayers(reading, writer, start);
  } catch (error) {
    if (error instanceof Untranslatable) return err(refuse(error.layer, error.why));
    throw error;
  }
  if (writer.layers.length === 0) return err({ message: `${reading.target} has no layers to be trained`, range: undefined });
  const data = dataFor(reading, image);
  const training = { ...data, ...soundTraining(reading.training?.() ?? {}) };
  end(reading, writer, training.loss);
  const network = { input: image, layers: writer.layers, ...(Object.keys(training).length > 0 && { training }) };
  const text = `${JSON.stringify(network, null, 2)}\n`;
  const mismatch = compare(text, writer.written, layout);
  const sources = new Map([...writer.written].map(([name, { layer }]) => [name, layer]));
  return mismatch ? err(mismatch) : ok({ text, sources, weights: writer.weights, ...data });
}

/** Writes what leads to the output. Throws Untranslatable. */
function writeLayers(reading: ModelReading, writer: NetworkWriter, start: string): void {
  const layers = reading.layers.flatMap((layer) => (layer.application ? [{ layer, application: layer.application }] : []));
  const applications = layers.map(({ application }) => application);
  const lastMade = applications.at(-1)?.results.slice(0, 1) ?? [];
  const { inputs = foreign(applications), outputs = lastMade } = reading.ends ?? {};
  const results = outputs.filter((tensor) => tensor !== undefined);
  const order = applications.flatMap((application) => application.results);
  const [output, ...others] = [...results].sort((a, b) => order.lastIndexOf(b) - order.lastIndexOf(a));
  if (!output) return;
  const needed = neededTensors(applications, [output]);
  for (const other of others) {
    const maker = layers.find(({ application }) => application.results.includes(other));
    if (maker && !needed.has(other))
      throw new Untranslatable(maker.layer, "makes a further output; networks with one output can be trained");
  }
  for (const tensor of inputs) writer.remember(tensor, start);
  const isClasses = reading.outputs.length > 0 && output.shape?.length === 2;
  for (const { layer, application } of layers) {
    // Logarithms of probabilities belong to a loss that has them inside, as ours has: the softmax is written below.
    if (isClasses && application.results[0] === output && LOG_SOFTMAX.test(application.type)) {
      const logits = application.inputs[0] && writer.makerOf(application.inputs[0]);
      if (logits !== undefined) return;
    }
    writer.add(layer, application, needed);
  }
}

/** Tensors that no application makes. */
function foreign(applications: readonly Application[]): readonly Tensor[] {
  const made = new Set(applications.flatMap(({ results }) => results));
  return applications.flatMap(({ inputs }) => inputs.filter((tensor) => !made.has(tensor)));
}

/** Ten answers to small gray pictures are digits; other data has to be named by whoever trains. */
function dataFor({ outputs, layout }: ModelReading, image: readonly number[]): { readonly data?: string } {
  const answers = outputs[0] && channelsLast(outputs[0], layout);
  return String(image) === "28,28,1" && String(answers) === "10" ? { data: "mnist" } : {};
}

/** Models that answer logits get the softmax that their loss has inside. */
function end({ outputs, layout }: ModelReading, writer: NetworkWriter, loss: string | undefined): void {
  if (loss !== undefined && loss !== "categoricalCrossentropy") return;
  const last = writer.layers.at(-1);
  const units = outputs[0] && channelsLast(outputs[0], layout);
  const isProbability = last?.type === "softmax" || last?.["activation"] === "softmax" || last?.["activation"] === "sigmoid";
  if (!last || isProbability || units?.length !== 1 || units[0] === 1) return;
  writer.put("softmax", "activation", [last.name], { activation: "softmax" });
}

/** The image that a model's input is made of: gray where it has no channels, square where it is a row that can be one. */
function imageFor(input: readonly number[]): readonly number[] {
  const [numbers = 1, width] = input;
  if (input.length > 2) return input;
  if (width !== undefined) return [numbers, width, 1];
  const side = Math.sqrt(numbers);
  return Number.isInteger(side) ? [side, side, 1] : [1, 1, numbers];
}

/** The first layer whose shape, inferred by our own rules, is not the framework's. */
function compare(text: string, written: ReadonlyMap<string, WrittenLayer>, layout: Layout): NotTrainable | undefined {
  const { network, problems } = readNetwork(text, "model.cnn.json");
  const shapes = inferShapes(network);
  const problem = [...problems, ...shapes.problems].find(({ severity }) => severity === "error");
  for (const { layer, shape } of shapes.layers) {
    const source = written.get(layer.name);
    const wanted = source?.shape && channelsLast(source.shape, layout);
    if (!source || (shape && wanted && String(shape.output) === String(wanted))) continue;
    const ours = shape ? `comes out as ${shape.output.join("x")} here` : (problem?.message ?? "does not fit here");
    return refuse(source.layer, `${ours}, which is not its ${wanted?.join("x") ?? "unknown"}`);
  }
  return problem && { message: problem.message, range: undefined };
}

function refuse(layer: ReadLayer, why: string): NotTrainable {
  return { message: `${nameOf(layer)} ${why}`, range: layer.range ?? layer.application?.calledAt.range };
}

function nameOf({ name, type }: ReadLayer): string {
  return name === "" ? type : `${name} (${type})`;
}
