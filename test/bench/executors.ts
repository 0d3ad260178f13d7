import { chooseEngine } from "../../src/engine/choose.js";
import { defaultEnginesDirectory } from "../../src/engine/install/location.js";
import { EngineStore } from "../../src/engine/install/store.js";
import type { EngineName } from "../../src/program/engine.js";

/** Folder of the installed tensorflow engine, undefined without one. */
export async function tensorflowDirectory(): Promise<string | undefined> {
  const status = await new EngineStore(defaultEnginesDirectory()).status();
  return status.state === "installed" ? status.directory : undefined;
}

export const engine = (name: EngineName) => chooseEngine({ engine: name, enginesDirectory: defaultEnginesDirectory() });
