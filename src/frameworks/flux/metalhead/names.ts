import type { Value } from "../../../interpret/values.js";
import { HELPERS } from "./helpers.js";

/** What Metalhead offers to programs, and its files to one another. */
export const METALHEAD: ReadonlyMap<string, Value> = new Map([...HELPERS]);
