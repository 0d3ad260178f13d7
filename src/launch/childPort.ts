import type { ChildProcess } from "node:child_process";
import type { Disposable } from "../base/disposable.js";
import type { Port } from "../protocol/channel.js";

/** The pipe to a forked process. It closes when the process has ended, with the sentence that `describeExit` makes of it. */
export class ChildPort implements Port {
  constructor(
    private readonly child: ChildProcess,
    private readonly describeExit: () => string,
  ) {}

  send(message: unknown): void {
    if (this.child.connected) this.child.send(message as object, () => {}); // What is lost is told by the close.
  }

  onMessage(listener: (message: unknown) => void): Disposable {
    this.child.on("message", listener);
    return { dispose: () => this.child.off("message", listener) };
  }

  onClose(listener: (reason: string) => void): Disposable {
    const tell = () => listener(this.describeExit());
    this.child.on("close", tell);
    return { dispose: () => this.child.off("close", tell) };
  }
}
