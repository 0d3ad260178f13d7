// The thread that reads saved models, one for each that is shown: files may be large, broken or hostile, and the editor must go on.
import { parentPort } from "node:worker_threads";
import { Channel } from "../protocol/channel.js";
import type { InspectorEnd, InspectorStarterEnd } from "../protocol/inspector.js";
import { SavedModel } from "./savedModel.js";

if (parentPort) {
  const port = parentPort;
  // Its end of the pipe lives as long as the thread.
  new Channel<InspectorEnd, InspectorStarterEnd>(
    {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => {
        port.on("message", listener);
        return { dispose: () => port.off("message", listener) };
      },
      onClose: () => ({ dispose: () => {} }),
    },
    new SavedModel(),
  );
}
