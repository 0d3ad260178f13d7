import { describe } from "vitest";
import type { CreateExecutor } from "../../src/engine/executor.js";
import { defaultEnginesDirectory } from "../../src/engine/install/location.js";
import { EngineStore } from "../../src/engine/install/store.js";
import { prepareTensorflow } from "../../src/engine/tensorflow/executor.js";

const status = await new EngineStore(defaultEnginesDirectory()).status();

const engineMissing = status.state === "installed" ? undefined : `the tensorflow engine is ${status.state}`;

/** A suite that needs the engine: skipped, with the reason in its title, where it is not installed. */
export const describeInstalled = (title: string, suite: () => void): void => {
  if (engineMissing) describe.skip(`${title} (${engineMissing})`, suite);
  else describe(title, suite);
};

/** Loads programs into the installed engine. A test file is a process, which can have one setting. */
export function tensorflow(options: { readonly oneDnn?: boolean; readonly threads?: number } = {}): CreateExecutor {
  if (status.state !== "installed") return () => Promise.reject(new Error(engineMissing));
  let create: CreateExecutor | undefined;
  return (program) => {
    create ??= prepareTensorflow({ engineDirectory: status.directory, threads: 2, ...options });
    return create(program);
  };
}
