import { defaultEnginesDirectory } from "../../src/engine/install/location.js";
import { EngineStore } from "../../src/engine/install/store.js";

/** Whether this user has the tensorflow engine. */
export async function tensorflowInstalled(): Promise<boolean> {
  return (await new EngineStore(defaultEnginesDirectory()).status()).state === "installed";
}
