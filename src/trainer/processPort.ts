import type { Disposable } from "../base/disposable.js";
import type { Port } from "../protocol/channel.js";

/** More messages than this on their way, and the receiver is behind. */
const BEHIND = 8;

/** The trainer's end of the pipe to the process that forked it. */
export class ProcessPort implements Port {
  #unsent = 0;
  #drained: (() => void)[] = [];

  send(message: unknown): void {
    if (!process.connected) return;
    this.#unsent++;
    process.send?.(message, undefined, undefined, () => {
      this.#unsent--;
      if (this.#unsent === 0) for (const resolve of this.#drained.splice(0)) resolve();
    });
  }

  /** Whether messages pile up because they are not taken. */
  get isBehind(): boolean {
    return this.#unsent > BEHIND;
  }

  /** Resolves when everything has been handed over. */
  drained(): Promise<void> {
    if (this.#unsent === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  onMessage(listener: (message: unknown) => void): Disposable {
    process.on("message", listener);
    return { dispose: () => process.off("message", listener) };
  }

  onClose(listener: (reason: string) => void): Disposable {
    const tell = () => listener("The process that started this training is gone.");
    process.on("disconnect", tell);
    return { dispose: () => process.off("disconnect", tell) };
  }
}
