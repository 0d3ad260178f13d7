import { argument, libraryClass, native } from "../../natives.js";
import { NONE } from "../../values.js";
import { OBJECT } from "../types.js";
import { module } from "./module.js";

const same = native("abc.abstractmethod", (args) => argument(args, 0) ?? NONE);

export const ABC = module("abc", {
  ABC: libraryClass("ABC", {}, { bases: [OBJECT] }),
  ABCMeta: libraryClass("ABCMeta", {}, { bases: [OBJECT] }),
  abstractmethod: same,
  abstractproperty: same,
});
