import { Worker } from "node:worker_threads";
import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { Channel, type Port } from "../../protocol/channel.js";
import type { InspectorEnd, InspectorStarterEnd } from "../../protocol/inspector.js";

/** What a thread may keep beside the numbers it reads: the graph of the largest model takes a fraction. */
const MEGABYTES = 1024;

type ThreadChannel = Channel<InspectorStarterEnd, InspectorEnd>;

/** A thread that reads one saved model. Whoever starts it owns it: `dispose` ends the thread, whatever it is doing. */
export class InspectorThread extends Owner {
  /** Asks it. Rejects with its error, or with the reason why it has ended. */
  readonly ask: ThreadChannel["request"];

  constructor(extension: vscode.Uri) {
    super();
    const worker = new Worker(vscode.Uri.joinPath(extension, "dist", "inspector.js").fsPath, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    });
    this._register({ dispose: () => void worker.terminate() });
    const channel: ThreadChannel = this._register(new Channel(workerPort(worker), {}));
    this.ask = (name, params) => channel.request(name, params);
  }
}

function workerPort(worker: Worker): Port {
  let reason = "The reading of this model has ended; open it again.";
  worker.on("error", (error: NodeJS.ErrnoException) => {
    const isMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
    reason = isMemory ? `This model needs more than ${MEGABYTES} MB to be read.` : `Reading this model failed: ${error.message}.`;
  });
  return {
    send: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      worker.on("message", listener);
      return { dispose: () => worker.off("message", listener) };
    },
    onClose: (listener) => {
      const tell = () => listener(reason);
      worker.on("exit", tell);
      return { dispose: () => worker.off("exit", tell) };
    },
  };
}
