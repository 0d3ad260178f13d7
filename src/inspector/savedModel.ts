import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { UserError } from "../base/userError.js";
import { formatName } from "../inspect/formats.js";
import { ModelTensors } from "../inspect/modelTensors.js";
import { readingDetails } from "../inspect/readingDetails.js";
import { readingGraph } from "../inspect/readingGraph.js";
import type { InspectorEnd } from "../protocol/inspector.js";
import type { KernelPlanes, ModelGraph, NodeDetails, TensorNumbers, TensorSummary } from "../protocol/modelPanel.js";
import { type NetworkToTrain, savedNetwork } from "../reading/savedNetwork.js";
import type { ModelReading } from "../reading/types.js";
import { readSaved, withTensor } from "../saved/readSaved.js";

type Requests = InspectorEnd["requests"];

interface Opened {
  readonly details: (node: number) => NodeDetails;
  readonly tensors: ModelTensors;
}

/** Answers questions about a saved model from its file, which is opened for each of them and closed again. */
export class SavedModel implements Requests {
  #opened: Opened | undefined;

  async open({ file }: { readonly file: string }): Promise<ModelGraph> {
    const reading = await readModel(file);
    const hasGraph = reading.layers.length > 0;
    const format = formatName(reading.framework, hasGraph ? "model" : "weights");
    const graph = readingGraph(reading, { title: path.basename(file), format, canTrain: savedNetwork(reading, file).ok });
    this.#opened = { details: readingDetails(reading), tensors: tensorsOf(file, reading, graph) };
    return graph;
  }

  async network({ file }: { readonly file: string }): Promise<NetworkToTrain> {
    const network = savedNetwork(await readModel(file), file);
    if (!network.ok) throw new UserError(`${path.basename(file)} cannot be trained: ${network.error}.`);
    return network.value;
  }

  async details({ node }: { readonly node: number }): Promise<NodeDetails> {
    return this.#model.details(node);
  }

  async summary(params: Parameters<Requests["summary"]>[0]): Promise<TensorSummary> {
    return this.#model.tensors.summary(params);
  }

  async numbers(params: Parameters<Requests["numbers"]>[0]): Promise<TensorNumbers> {
    return this.#model.tensors.numbers(params);
  }

  async kernels(params: Parameters<Requests["kernels"]>[0]): Promise<KernelPlanes> {
    return this.#model.tensors.kernels(params);
  }

  get #model(): Opened {
    if (!this.#opened) throw new UserError("No model is open.");
    return this.#opened;
  }
}

async function readModel(file: string): Promise<ModelReading> {
  const reading = await inBrief(file, readSaved(file));
  if (!reading) throw new UserError(`${path.basename(file)} is no saved model that is read here.`);
  return reading;
}

function tensorsOf(file: string, { framework }: ModelReading, graph: ModelGraph): ModelTensors {
  return new ModelTensors(
    graph,
    framework,
    (tensor, use) => inBrief(file, withTensor(file, tensor.name, use)),
    () => setImmediate(),
  );
}

/** Readers name files by their paths; here it is clear which file it is. */
async function inBrief<T>(file: string, read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    throw error instanceof UserError ? new UserError(error.message.replaceAll(file, path.basename(file)), error.code) : error;
  }
}
