import { err, ok, type Result } from "../base/result.js";
import type { TextRange } from "../base/text.js";
import type { Layout } from "../frameworks/framework.js";
import type { Tensor } from "../interpret/tensor.js";
import type { WeightSource } from "../interpret/trace.js";
import { readNetwork } from "../model/read.js";
import { inferShapes } from "../shape/infer.js";
import { channelsLast } from "./layout.js";
import type { ModelReading, ReadLayer } from "./types.js";

/** A reading as a network of our own. */
export interface Translated {
  /** The text of a `.cnn.json` file. */
  readonly text: string;
  /** Which layer of the reading each layer of the text stands for, by its name there. */
  readonly sources: ReadonlyMap<string, ReadLayer>;
  /** Where the weights of the text's layers are among the reading's, by our variable's name ("conv1/kernel"). */
  readonly weights: ReadonlyMap<string, TranslatedWeight>;
}

/** A weight of the framework's, and how it becomes one of ours. */
export interface TranslatedWeight extends WeightSource {
  readonly layer: ReadLayer;
}

/** Why a reading cannot be trained here; the range is that of the layer, where it has one. */
export interface NotTrainable {
  readonly message: string;
  readonly range: TextRange | undefined;
}

const LOG_SOFTMAX = /log_?softmax$/i;

type LayerJson = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly type: string;
  readonly inputs: readonly string[];
};

/**
 * Translates a model that was read into layers of the catalogue. What it answers has been held against the reading: every layer's
 * shape is the one the framework's own rules gave.
 */
export function toCnnJson(reading: ModelReading): Result<Translated, NotTrainable> {
  const { layout, layers } = reading;
  const [input, ...others] = reading.inputs;
  const shape = input && channelsLast(input, layout);
  if (!shape || others.length > 0) {
    const message = `${reading.target} takes ${others.length + 1} inputs; networks with one input can be trained`;
    return err({ message: shape ? message : `the input of ${reading.target} is not known`, range: undefined });
  }
  const problem = reading.problems.find(({ severity }) => severity === "error");
  if (problem) return err(problem);
  const written = new Writer(shape);
  for (const layer of layers) {
    // Logarithms of probabilities belong to a loss that has them inside, as ours has: the softmax is written below.
    if (layer === layers.at(-1) && LOG_SOFTMAX.test(layer.type)) break;
    const refused = written.add(layer);
    if (refused) return err(refused);
  }
  const [output, another] = written.unused;
  if (reading.outputs.length > 1 && output && another)
    return err(refuse(another, `is an output beside ${output.name}; networks with one output can be trained`));
  const network = { input: written.input, layers: [...written.layers, ...written.ending(reading)], ...trainingOf(reading, shape) };
  const text = `${JSON.stringify(network, null, 2)}\n`;
  const mismatch = compare(text, written.sources, layout);
  return mismatch ? err(mismatch) : ok({ text, sources: written.sources, weights: written.weights });
}

/** Ten answers to small gray pictures are digits; other data has to be named by whoever trains. */
function trainingOf({ outputs, layout }: ModelReading, input: readonly number[]): object {
  const answers = outputs[0] && channelsLast(outputs[0], layout);
  return String(input) === "28,28,1" && String(answers) === "10" ? { training: { data: "mnist" } } : {};
}

/** Writes layers one after another, and remembers which of them made which tensor. */
class Writer {
  readonly layers: LayerJson[] = [];
  readonly sources = new Map<string, ReadLayer>();
  readonly weights = new Map<string, TranslatedWeight>();
  /** Height, width and channels: networks take images. */
  readonly input: readonly number[];
  readonly #makers = new Map<Tensor, string>();
  readonly #owners = new Set<object>();
  /** What stands for the model's own input. */
  readonly #start: string = "input";

  constructor(input: readonly number[]) {
    this.input = imageFor(input);
    if (this.input === input) return;
    this.#start = "input_reshape";
    this.layers.push({ type: "reshape", name: this.#start, inputs: ["input"], targetShape: input });
  }

  add(layer: ReadLayer): NotTrainable | undefined {
    const { application } = layer;
    if (!application?.catalogue) return refuse(layer, "has no counterpart among the layers that can be trained here");
    const [result, ...more] = application.results;
    if (result === undefined || more.length > 0) return refuse(layer, "yields several results, which cannot be trained here");
    if (application.parameters.length > 0) {
      if (this.#owners.has(application.owner)) return refuse(layer, "is applied more than once, and shared weights cannot be trained here");
      this.#owners.add(application.owner);
    }
    let inputs = application.inputs.map((tensor) => this.#makers.get(tensor) ?? this.#start);
    application.catalogue.forEach(({ type, args, weights = {} }, i) => {
      const name = this.#name(layer, i < (application.catalogue?.length ?? 0) - 1 ? `_${type}` : "");
      this.layers.push({ type, name, inputs, ...args });
      for (const [parameter, source] of Object.entries(weights)) this.weights.set(`${name}/${parameter}`, { ...source, layer });
      inputs = [name];
    });
    const [last = this.#start] = inputs;
    if (application.catalogue.length > 0) this.sources.set(last, layer);
    this.#makers.set(result, last);
    return undefined;
  }

  /** Layers whose results no other layer takes. */
  get unused(): ReadLayer[] {
    const used = new Set(this.layers.flatMap(({ inputs }) => inputs));
    return [...this.sources].filter(([name]) => !used.has(name)).map(([, layer]) => layer);
  }

  /** Models that answer logits get the softmax that their loss has inside. */
  ending({ outputs, layout }: ModelReading): LayerJson[] {
    const last = this.layers.at(-1);
    const units = outputs[0] && channelsLast(outputs[0], layout);
    const isProbability = last?.["activation"] === "softmax" || last?.["activation"] === "sigmoid";
    if (!last || isProbability || units?.length !== 1 || units[0] === 1) return [];
    return [{ type: "activation", name: this.#free("softmax"), inputs: [last.name], activation: "softmax" }];
  }

  #name({ name, type }: ReadLayer, suffix: string): string {
    const wanted = `${name === "" ? type.replace(/^.*\./, "") : name}${suffix}`.replace(/[^\w.-]/g, "_");
    return this.#free(/^[A-Za-z]/.test(wanted) ? wanted : `layer_${wanted.replace(/^_+/, "")}`);
  }

  #free(wanted: string): string {
    const taken = (name: string) => name === "input" || this.layers.some((layer) => layer.name === name);
    if (!taken(wanted)) return wanted;
    let count = 2;
    while (taken(`${wanted}_${count}`)) count++;
    return `${wanted}_${count}`;
  }
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
function compare(text: string, sources: ReadonlyMap<string, ReadLayer>, layout: Layout): NotTrainable | undefined {
  const { network, problems } = readNetwork(text, "model.cnn.json");
  const shapes = inferShapes(network);
  const problem = [...problems, ...shapes.problems].find(({ severity }) => severity === "error");
  for (const { layer, shape } of shapes.layers) {
    const source = sources.get(layer.name);
    const wanted = source?.outputs[0] && channelsLast(source.outputs[0], layout);
    if (!source || (shape && wanted && String(shape.output) === String(wanted))) continue;
    const ours = shape ? `comes out as ${shape.output.join("x")} here` : (problem?.message ?? "does not fit here");
    return refuse(source, `${ours}, which is not its ${wanted?.join("x") ?? "unknown"}`);
  }
  return problem && { message: problem.message, range: undefined };
}

function refuse(layer: ReadLayer, why: string): NotTrainable {
  return { message: `${nameOf(layer)} ${why}`, range: layer.range ?? layer.application?.calledAt.range };
}

function nameOf({ name, type }: ReadLayer): string {
  return name === "" ? type : `${name} (${type})`;
}
