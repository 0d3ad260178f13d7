import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TensorData } from "../executor.js";
import type { Binding } from "./binding.js";
import type { Signature } from "./programGraph.js";
import { DT, encodeSavedModel, type NodeDef, TAG } from "./savedModel.js";

/** A signature with its names joined once, as every call needs them. */
class Call {
  readonly feedNames: string;
  readonly fetchNames: string;

  constructor({ feeds, fetches }: Signature) {
    this.feedNames = feeds.map((name) => `${name}:0`).join(",");
    this.fetchNames = fetches.map((fetch) => `${fetch}:0`).join(",");
  }
}

const dtOfData = (data: TensorData["data"]): DT => {
  if (data instanceof Float32Array) return DT.float;
  return data instanceof Int32Array ? DT.int32 : DT.uint8;
};

/** A graph loaded into TensorFlow with its variables. */
export class Session {
  readonly #calls = new Map<Signature, Call>();
  readonly #id: number;
  /** Why nothing can be called any more. */
  #broken: string | undefined;

  constructor(
    private readonly binding: Binding,
    nodes: readonly NodeDef[],
  ) {
    const directory = mkdtempSync(path.join(tmpdir(), "cnn-lab-graph-"));
    try {
      writeFileSync(path.join(directory, "saved_model.pb"), encodeSavedModel(nodes));
      this.#id = binding.loadSavedModel(directory, TAG);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }

  /**
   * Feeds, computes and answers what is fetched. TensorFlow compiles each signature at its first call and keeps it, so signatures
   * should be few. A call that fails leaks its feeds, so none is let through after it.
   */
  call(signature: Signature, feeds: readonly TensorData[]): TensorData[] {
    if (this.#broken !== undefined) throw new Error(`The engine stopped working: ${this.#broken}`);
    const call = this.#calls.get(signature) ?? new Call(signature);
    this.#calls.set(signature, call);
    const { binding } = this;
    const inputs = feeds.map(({ shape, data }) => binding.createTensor(shape, dtOfData(data), data));
    try {
      const outputs = binding.runSavedModel(this.#id, inputs, call.feedNames, call.fetchNames);
      return outputs.map(({ id, shape }) => {
        const data = binding.tensorDataSync(id);
        binding.deleteTensor(id);
        return { shape, data };
      });
    } catch (error) {
      this.#broken = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      for (const id of inputs) binding.deleteTensor(id);
    }
  }

  dispose(): void {
    if (this.#broken === undefined) this.binding.deleteSavedModel(this.#id);
    this.#broken ??= "it was disposed.";
  }
}
