import type { Value } from "../../values.js";
import { types } from "../types.js";
import { arrayFunctions } from "./arrays.js";
import { collectionFunctions } from "./collections.js";
import { higherFunctions } from "./higher.js";
import { languageFunctions } from "./language.js";
import { numberFunctions } from "./numbers.js";
import { operatorFunctions } from "./operators.js";
import { textFunctions } from "./text.js";

let made: ReadonlyMap<string, Value> | undefined;

/** What Julia's Base offers, as far as models use it, and of its standard library what is about arrays. */
export function builtins(): ReadonlyMap<string, Value> {
  made ??= new Map<string, Value>([
    ...types(),
    ...languageFunctions(),
    ...operatorFunctions(),
    ...numberFunctions(),
    ...textFunctions(),
    ...collectionFunctions(),
    ...higherFunctions(),
    ...arrayFunctions(),
  ]);
  return made;
}
