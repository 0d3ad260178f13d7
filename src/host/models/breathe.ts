import { setImmediate } from "node:timers/promises";

/** Lets the editor do what has come up meanwhile. */
export const breathe = (): Promise<void> => setImmediate();
