import path from "node:path";
import { ADDON } from "../tensorflow/binding.js";
import { runCommand } from "./command.js";

/** Loads an engine's addon in a process of its own and answers TensorFlow's version. Rejects with a CommandError where it does not load. */
export async function loadedVersion(directory: string, signal?: AbortSignal): Promise<string> {
  const addon = JSON.stringify(path.join(directory, ADDON));
  const output = await runCommand(process.execPath, ["-e", `process.stdout.write(require(${addon}).TF_Version)`], {
    // In VS Code the executable is Electron, which this makes plain Node.
    environment: { ELECTRON_RUN_AS_NODE: "1", TF_CPP_MIN_LOG_LEVEL: "2" },
    signal,
  });
  return output.trim();
}
