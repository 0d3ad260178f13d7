import type { Tensor, TensorShape } from "../interpret/tensor.js";
import type { Application, CatalogueStep, WeightSource } from "../interpret/trace.js";
import { Learners } from "./learners.js";
import { neededTensors } from "./neededTensors.js";
import type { ReadLayer } from "./types.js";

/** A layer as a `.cnn.json` file has it. */
export type LayerJson = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly type: string;
  readonly inputs: readonly string[];
};

/** A layer of the file's whose result is one of the reading's. */
export interface WrittenLayer {
  readonly layer: ReadLayer;
  /** Whole, in the framework's order. */
  readonly shape: TensorShape | undefined;
}

/** A weight of the framework's, and how it becomes one of ours. */
export interface TranslatedWeight extends WeightSource {
  readonly layer: ReadLayer;
}

/** A layer that cannot be written, and why: a clause behind its name. */
export class Untranslatable extends Error {
  constructor(
    readonly layer: ReadLayer,
    readonly why: string,
  ) {
    super(why);
  }
}

/** Writes applications as layers one after another, and remembers which of them made which tensor. */
export class NetworkWriter {
  readonly layers: LayerJson[] = [];
  readonly written = new Map<string, WrittenLayer>();
  /** By our variable's name ("conv1/kernel"). */
  readonly weights = new Map<string, TranslatedWeight>();
  readonly #makers = new Map<Tensor, string>();
  readonly #learners = new Learners();
  readonly #names = new Set(["input"]);

  /** Writes a layer under a name like the wanted one; answers its name. */
  put(wanted: string, type: string, inputs: readonly string[], args: CatalogueStep["args"]): string {
    const name = this.#free(wanted);
    this.#names.add(name);
    this.layers.push({ type, name, inputs, ...args });
    return name;
  }

  /** From here on, a tensor is what the layer of this name makes. */
  remember(tensor: Tensor, name: string): void {
    this.#makers.set(tensor, name);
  }

  makerOf(tensor: Tensor): string | undefined {
    return this.#makers.get(tensor);
  }

  /** Writes those results of an application that are needed; `within` is the layer it happens in. Throws Untranslatable. */
  add(layer: ReadLayer, application: Application, needed: ReadonlySet<Tensor>, within = ""): void {
    const { catalogue, others = [], inside, results, outputs } = application;
    if (!results.some((result) => needed.has(result))) return;
    const stem = [within, nameOf(application)].filter((part) => part !== "").join("_");
    if (!catalogue && inside) {
      this.#addInside(layer, application, inside, stem);
      return;
    }
    results.forEach((result, i) => {
      if (!needed.has(result)) return;
      const steps = i === 0 ? catalogue : others[i - 1];
      if (!steps) throw new Untranslatable(layer, notInCatalogue(application, within));
      const name = this.#addSteps(layer, application, steps, stem);
      if (steps.length > 0) this.written.set(name, { layer, shape: outputs[i] });
      this.#makers.set(result, name);
    });
  }

  /** What a layer of the program's own does, operation by operation. */
  #addInside(layer: ReadLayer, { results, outputs }: Application, inside: NonNullable<Application["inside"]>, stem: string): void {
    const needed = neededTensors(inside.applications, inside.results);
    for (const each of inside.applications) this.add(layer, each, needed, stem);
    results.forEach((result, i) => {
      const made = inside.results[i];
      const name = made && this.#makers.get(made);
      if (name === undefined) throw new Untranslatable(layer, FOREIGN);
      if (this.layers.some((written) => written.name === name)) this.written.set(name, { layer, shape: outputs[i] });
      this.#makers.set(result, name);
    });
  }

  #addSteps(layer: ReadLayer, application: Application, steps: readonly CatalogueStep[], stem: string): string {
    const all = application.inputs.map((tensor) => {
      const name = this.#makers.get(tensor);
      if (name === undefined) throw new Untranslatable(layer, FOREIGN);
      return name;
    });
    let inputs: readonly string[] = all;
    for (const [i, step] of steps.entries()) {
      const { type, args, weights = {}, takes } = step;
      if (takes) inputs = takes.flatMap((at) => all[at] ?? []);
      const isLast = i === steps.length - 1;
      const learning = { layer, application, step, index: i };
      const weightsOf = this.#learners.find(learning);
      if (weightsOf === "another way")
        throw new Untranslatable(layer, "uses weights in two ways, and weights shared so cannot be trained here");
      const shared = weightsOf === undefined ? {} : { weightsOf };
      const name = this.put(isLast ? stem || type : `${stem || "step"}_${type}`, type, inputs, { ...args, ...shared });
      if (weightsOf === undefined) {
        this.#learners.add(learning, name);
        for (const [parameter, source] of Object.entries(weights)) this.weights.set(`${name}/${parameter}`, { ...source, layer });
      }
      inputs = [name];
    }
    const [last] = inputs;
    if (last === undefined) throw new Untranslatable(layer, FOREIGN);
    return last;
  }

  #free(wanted: string): string {
    const plain = wanted.replace(/[^\w.-]/g, "_");
    const name = /^[A-Za-z]/.test(plain) ? plain : `layer_${plain.replace(/^_+/, "")}`;
    if (!this.#names.has(name)) return name;
    let count = 2;
    while (this.#names.has(`${name}_${count}`)) count++;
    return `${name}_${count}`;
  }
}

const FOREIGN = "takes a tensor that is not made of the model's input";

function notInCatalogue({ type }: Application, within: string): string {
  return within === ""
    ? "has no counterpart among the layers that can be trained here"
    : `does ${type}, which has no counterpart among the layers that can be trained here`;
}

/** A layer's path, else what a function is called; "" for operators, which have no letters. */
function nameOf({ name, type }: Application): string {
  const word = type.replace(/^.*\./, "");
  return name !== "" ? name : /^\w+$/.test(word) ? word : "";
}
