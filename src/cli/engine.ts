import { bytes } from "../base/words.js";
import { defaultEnginesDirectory } from "../engine/install/location.js";
import { type EngineStatus, EngineStore } from "../engine/install/store.js";
import { abortOnInterrupt, EXIT, type ExitCode } from "./exit.js";
import { ProgressLine } from "./progressLine.js";

const store = () => new EngineStore(defaultEnginesDirectory());

/** `cnn engine status`. */
export async function status({ json }: { readonly json?: true }): Promise<undefined> {
  const found = await store().status();
  console.log(json ? JSON.stringify(found) : describe(found));
}

/** `cnn engine install`. */
export async function install(): Promise<undefined> {
  const line = new ProgressLine();
  const signal = abortOnInterrupt();
  let said = "";
  const onProgress = ({ text, fraction }: { readonly text: string; readonly fraction: number }) => {
    line.show({ message: text, fraction });
    if (!process.stderr.isTTY && text !== said) console.error(text);
    said = text;
  };
  const found = await store()
    .install({ onProgress, signal })
    .finally(() => line.end());
  console.log(describe(found));
}

/** `cnn engine verify`: fails where there is no engine that works. */
export async function verify(): Promise<ExitCode> {
  const found = await store().verify({ signal: abortOnInterrupt() });
  console.log(describe(found));
  return found.state === "installed" ? EXIT.done : EXIT.failed;
}

/** `cnn engine remove`. */
export async function remove(): Promise<undefined> {
  await store().remove();
  console.log("The TensorFlow engine is removed; networks train on wasm.");
}

function describe(found: EngineStatus): string {
  switch (found.state) {
    case "installed":
      return `TensorFlow ${found.version} is installed in ${found.directory} (${found.source}, ${bytes(found.bytes)}).`;
    case "broken":
      return `TensorFlow in ${found.directory} is broken: ${found.reason}. "cnn engine install" repairs it.`;
    case "absent":
      return 'TensorFlow is not installed; networks train on wasm. "cnn engine install" gets it.';
    case "unsupported":
      return `TensorFlow is not published for ${found.platform}; networks train on wasm.`;
  }
}
