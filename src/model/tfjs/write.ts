import { UserError } from "../../base/userError.js";
import type { Shape } from "../../layers/kind.js";
import { tfjsDescription } from "../../layers/tfjs/describe.js";
import { plain, type TfjsChain, type TfjsLayer, type TfjsWeight } from "../../layers/tfjs/types.js";
import type { Layer, Network } from "../network.js";

/** A network with the values of its weights. */
export interface TrainedNetwork {
  readonly network: Network;
  /** Shapes of each layer's inputs, by the layer's name. */
  readonly inputs: ReadonlyMap<string, readonly Shape[]>;
  /** A parameter of a layer. */
  weight(layer: string, parameter: string): TfjsWeight;
  /** Kept in the file, for whoever loads it: classes and the like. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The two files of a TensorFlow.js layers model. */
export interface TfjsModel {
  /** For model.json. */
  readonly json: unknown;
  /** For the file named by `WEIGHTS_FILE`: float32, little-endian, one weight after another. */
  readonly weights: Uint8Array;
}

export const WEIGHTS_FILE = "weights.bin";
const INPUT = "input";

/** A layer, and which of its applications. */
type Output = readonly [layer: string, application: number];

interface TfjsEntry {
  readonly class_name: string;
  readonly name: string;
  /** What goes in, each time it is applied. */
  readonly inbound_nodes: unknown[];
  readonly config: unknown;
}

const COPY = plain("Activation", { activation: "linear" });

/** Says a network as a model of TensorFlow.js layers. Throws a UserError naming the layer that it has no words for. */
export function writeTfjsModel({ network, inputs, weight, metadata }: TrainedNetwork): TfjsModel {
  const names = new Names(network.layers.map(({ name }) => name));
  const outputOf = new Map<string, Output>([[INPUT, [INPUT, 0]]]);
  const input = { batch_input_shape: [null, ...(network.input?.shape ?? [])], dtype: "float32", sparse: false, name: INPUT };
  const layers = new Map<string, TfjsEntry>([[INPUT, { class_name: "InputLayer", name: INPUT, inbound_nodes: [], config: input }]]);
  const weights: TfjsWeight[] = [];
  const put = (tfjs: TfjsLayer, name: string, from: readonly Output[], trainable = true): Output => {
    layers.set(name, { class_name: tfjs.className, name, inbound_nodes: [nodeOf(from)], config: { ...tfjs.config, name, trainable } });
    weights.push(...tfjs.weights.map((each) => ({ ...each, name: `${name}/${each.name}` })));
    return [name, 0];
  };
  /** Applies a layer that is there once more. */
  const again = (tfjs: TfjsLayer, { name, args, weightsOf = "" }: Layer, from: readonly Output[]): Output => {
    const owner = layers.get(weightsOf);
    const same = { ...tfjs.config, name: weightsOf, trainable: args["trainable"] !== false };
    if (owner?.class_name !== tfjs.className || JSON.stringify(owner.config) !== JSON.stringify(same))
      throw new UserError(
        `Layer ${name} uses the weights of ${weightsOf} but differs from it; layers of TensorFlow.js share all or nothing.`,
      );
    return [weightsOf, owner.inbound_nodes.push(nodeOf(from)) - 1];
  };
  for (const layer of network.layers) {
    const owner = layer.weightsOf ?? layer.name;
    const { before, main, after } = describeLayer(layer, inputs.get(layer.name) ?? [], (parameter) => weight(owner, parameter));
    let from = layer.inputs.map((name): Output => outputOf.get(name) ?? [name, 0]);
    // TF.js frees a tensor too early that one layer takes twice, so the second time it takes a copy.
    from = from.map((source, i) =>
      from.findIndex((each) => String(each) === String(source)) < i ? put(COPY, names.fresh(`${layer.name}_copy`), [source]) : source,
    );
    if (before) from = [put(before, names.fresh(`${layer.name}_padding`), from)];
    let last = layer.weightsOf === undefined ? put(main, layer.name, from, layer.args["trainable"] !== false) : again(main, layer, from);
    if (after) last = put(after, names.fresh(`${layer.name}_activation`), [last]);
    outputOf.set(layer.name, last);
  }
  const output = outputOf.get(network.layers.at(-1)?.name ?? INPUT) ?? [INPUT, 0];
  const config = { name: network.name, layers: [...layers.values()], input_layers: [[INPUT, 0, 0]], output_layers: [[...output, 0]] };
  const json = {
    format: "layers-model",
    generatedBy: "CNN Lab",
    convertedBy: null,
    modelTopology: { class_name: "Model", config, keras_version: "tfjs-layers 4.22.0", backend: "tensor_flow.js" },
    weightsManifest: [{ paths: [WEIGHTS_FILE], weights: weights.map(({ name, shape }) => ({ name, shape, dtype: "float32" })) }],
    userDefinedMetadata: metadata,
  };
  return { json, weights: concatenated(weights) };
}

const nodeOf = (from: readonly Output[]): readonly unknown[] => from.map((source) => [...source, 0, {}]);

function describeLayer(layer: Layer, inputs: readonly Shape[], weight: (parameter: string) => TfjsWeight): TfjsChain {
  const described = tfjsDescription(layer.kind)?.(layer.args, { inputs, weight }) ?? {
    refused: `is of type ${layer.kind.type}, which TensorFlow.js layers does not have`,
  };
  if ("refused" in described) throw new UserError(`Layer ${layer.name} ${described.refused}.`);
  return described;
}

function concatenated(weights: readonly TfjsWeight[]): Uint8Array {
  const bytes = new Uint8Array(weights.reduce((sum, { data }) => sum + data.length * 4, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { data } of weights) {
    for (const value of data) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/** Names that layers have. */
class Names {
  readonly #taken: Set<string>;

  constructor(taken: readonly string[]) {
    this.#taken = new Set(taken);
  }

  /** The name, or with underscores behind it until nobody has it. */
  fresh(wanted: string): string {
    let name = wanted;
    while (this.#taken.has(name)) name += "_";
    this.#taken.add(name);
    return name;
  }
}
