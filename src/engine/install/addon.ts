import { mkdir } from "node:fs/promises";
import path from "node:path";
import { ADDON } from "../tensorflow/binding.js";
import { runCommand } from "./command.js";
import { LIBRARIES } from "./source.js";

export interface AddonSources {
  /** The unpacked package of tfjs-node. */
  readonly tfjsNode: string;
  readonly nodeHeaders: string;
  readonly tensorflowHeaders: string;
}

/** Compiles tfjs-node's addon for the libraries in a folder. It speaks Node-API, so one addon serves all versions of Node. */
export async function compileAddon(directory: string, compiler: string, sources: AddonSources, signal?: AbortSignal): Promise<void> {
  const addon = path.join(directory, ADDON);
  await mkdir(path.dirname(addon), { recursive: true });
  const include = [sources.tfjsNode, sources.tensorflowHeaders, sources.nodeHeaders].map((folder) => `-I${folder}`);
  const files = ["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => path.join(sources.tfjsNode, "binding", file));
  const link = [`-L${path.join(directory, LIBRARIES)}`, "-ltensorflow", "-ltensorflow_framework", "-Wl,-rpath,$ORIGIN/../../deps/lib"];
  const options = ["-std=c++17", "-O2", "-fPIC", "-shared", "-w", "-DNAPI_VERSION=8"];
  await runCommand(compiler, [...options, ...include, ...files, ...link, "-o", addon], { signal });
}
