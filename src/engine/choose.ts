import { UserError } from "../base/userError.js";
import type { EngineName } from "../program/engine.js";
import type { CreateExecutor } from "./executor.js";
import { EngineStore } from "./install/store.js";
import { prepareTensorflow } from "./tensorflow/executor.js";
import { createWasmExecutor } from "./wasm/index.js";

export interface EngineChoice {
  readonly engine: EngineName | "auto";
  /** Where engines are installed: see install/location.ts. */
  readonly enginesDirectory: string;
  /** Threads to compute with, all by default. */
  readonly threads?: number;
}

/** Makes executors. `note` says why it is not the engine one would expect. */
export type ChosenEngine = CreateExecutor & { readonly note?: string };

/**
 * Decides who computes: with "auto" tensorflow where it is installed and loads, else wasm, with the reason. Throws a UserError where
 * tensorflow is asked for and cannot be had.
 */
export async function chooseEngine(choice: EngineChoice): Promise<ChosenEngine> {
  if (choice.engine === "wasm") return createWasmExecutor;
  try {
    return await tensorflow(choice);
  } catch (error) {
    if (choice.engine === "tensorflow" || !(error instanceof UserError)) throw error;
    const create: CreateExecutor = (program) => createWasmExecutor(program);
    return Object.assign(create, { note: `Computing with wasm: ${error.message}` });
  }
}

async function tensorflow({ enginesDirectory, threads }: EngineChoice): Promise<CreateExecutor> {
  const status = await new EngineStore(enginesDirectory).status();
  switch (status.state) {
    case "installed":
      return prepareTensorflow({ engineDirectory: status.directory, ...(threads === undefined ? {} : { threads }) });
    case "broken":
      throw new UserError(`The TensorFlow engine is broken (${status.reason}); run "cnn engine install" to repair it.`, "engineMissing");
    case "absent":
      throw new UserError('The TensorFlow engine is not installed; run "cnn engine install".', "engineMissing");
    case "unsupported":
      throw new UserError(`TensorFlow is not published for ${status.platform}; choose the engine "wasm".`, "engineMissing");
  }
}
