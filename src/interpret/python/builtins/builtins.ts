import type { Value } from "../../values.js";
import { EXCEPTION_BUILTINS } from "./exceptions.js";
import { NUMBER_BUILTINS } from "./numbers.js";
import { OBJECT_BUILTINS } from "./objects.js";
import { SEQUENCE_BUILTINS } from "./sequences.js";
import { TYPE_BUILTINS } from "./types.js";

/** The names that are there without an import. Classes come last, as `slice` and `range` are ones too. */
export const BUILTINS: ReadonlyMap<string, Value> = new Map([
  ...NUMBER_BUILTINS,
  ...OBJECT_BUILTINS,
  ...EXCEPTION_BUILTINS,
  ...TYPE_BUILTINS,
  ...SEQUENCE_BUILTINS,
]);
