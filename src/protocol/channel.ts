import type { Disposable } from "../base/disposable.js";

/** Requests one side answers: name -> async function of one plain-data parameter. */
export type Requests = Record<string, (params: never) => Promise<unknown>>;

/** A pipe for plain data and typed arrays: a child process, a webview, or a pair in a test. */
export interface Port {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
  /** Called once when nothing more will come; the reason is shown to whoever waits. */
  onClose(listener: (reason: string) => void): Disposable;
}
