import { describeError } from "../base/userError.js";

/** Exit codes of the command. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Thrown where Ctrl-C ended what was going on. */
export class Interrupted extends Error {}

/**
 * Wraps what a command does: an error is one sentence on stderr and exit code 1. The code is set, not exited with, so that what was
 * printed into a pipe arrives; commands may answer a code of their own.
 */
export function runCommand<Args extends unknown[]>(
  run: (...args: Args) => Promise<ExitCode | undefined>,
): (...args: Args) => Promise<void> {
  return async (...args) => {
    try {
      process.exitCode = (await run(...args)) ?? EXIT.done;
    } catch (error) {
      process.exitCode = error instanceof Interrupted ? EXIT.interrupted : EXIT.failed;
      console.error(error instanceof Interrupted ? "Interrupted." : describeError(error));
    }
  };
}

/** A signal that Ctrl-C aborts, for work that can be stopped; a second Ctrl-C ends the process at once. */
export function abortOnInterrupt(): AbortSignal {
  const abort = new AbortController();
  onInterrupt(() => abort.abort(new Interrupted()));
  return abort.signal;
}

/** Calls `stop` at the first Ctrl-C (or SIGTERM); at the second `end`, then the process is over. Answers how to stop listening. */
export function onInterrupt(stop: () => void, end: () => void = () => {}): () => void {
  let asked = false;
  const hear = () => {
    if (asked) {
      end();
      process.exit(EXIT.interrupted);
    }
    asked = true;
    stop();
  };
  process.on("SIGINT", hear).on("SIGTERM", hear);
  return () => process.off("SIGINT", hear).off("SIGTERM", hear);
}
