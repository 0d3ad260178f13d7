import path from "node:path";
import { pathToFileURL } from "node:url";
import type { OpenOptions, Workbench } from "../harness/src/index.mjs";

/** A real VS Code with the extension. The harness finds its files beside its own, so it is not bundled. */
export async function openWorkbench(options: Omit<OpenOptions, "extensionDevelopmentPath">): Promise<Workbench> {
  const file = pathToFileURL(path.resolve("test/harness/src/index.mjs")).href;
  const harness = (await import(file)) as typeof import("../harness/src/index.mjs");
  return harness.openWorkbench({ extensionDevelopmentPath: path.resolve("."), ...options });
}
