import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { UserError } from "../../base/userError.js";

/** A tensor of the binding. Ids are freed with deleteTensor. */
export interface TensorInfo {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** What tfjs-node's native addon offers (binding/tfjs_binding.cc), as far as it is used here. */
export interface Binding {
  readonly TF_Version: string;
  /** Shares the array's memory until the tensor is deleted. */
  createTensor(shape: readonly number[], dtype: number, data: Float32Array | Int32Array | Uint8Array): number;
  deleteTensor(id: number): void;
  /** A copy. */
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  loadSavedModel(directory: string, tags: string): number;
  deleteSavedModel(id: number): void;
  /** Names are "node:output", joined by commas. */
  runSavedModel(id: number, inputs: readonly number[], inputNames: string, outputNames: string): TensorInfo[];
}

/** What is fixed for a process when TensorFlow is loaded, by environment variables. */
export interface BindingOptions {
  /** Threads of one operation, and of one call. */
  readonly threads: number;
  /** oneDNN's kernels: about three times as fast; off only in tests. */
  readonly oneDnn: boolean;
}

/** Where the addon lies in an engine's folder; it finds the libraries beside it. */
export const ADDON = path.join("lib", "napi-v8", "tfjs_binding.node");

let loaded: { readonly binding: Binding; readonly directory: string; readonly options: BindingOptions } | undefined;

/** Loads TensorFlow into this process, once: later calls must ask for the same. */
export function loadBinding(directory: string, options: BindingOptions): Binding {
  if (loaded) {
    const same = loaded.directory === directory && loaded.options.threads === options.threads && loaded.options.oneDnn === options.oneDnn;
    if (!same) throw new Error("TensorFlow is loaded in this process with other settings; use a process of its own.");
    return loaded.binding;
  }
  const addon = path.join(directory, ADDON);
  if (!existsSync(addon)) {
    throw new UserError(`The TensorFlow engine is not installed in ${directory}; run "cnn engine install".`, "engineMissing");
  }
  Object.assign(process.env, environmentOf(options));
  try {
    const binding = createRequire(addon)(addon) as Binding;
    loaded = { binding, directory, options };
    return binding;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new UserError(`The TensorFlow engine cannot be loaded (${reason}); run "cnn engine install" to repair it.`, "engineMissing");
  }
}

function environmentOf({ threads, oneDnn }: BindingOptions): Record<string, string> {
  return {
    TF_ENABLE_ONEDNN_OPTS: oneDnn ? "1" : "0",
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: String(threads),
    OMP_NUM_THREADS: String(threads),
    TF_CPP_MIN_LOG_LEVEL: "2",
  };
}
