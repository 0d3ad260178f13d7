import { argument, native } from "../../natives.js";
import { NONE } from "../../values.js";
import { module } from "./module.js";

const same = native("contextlib.contextmanager", (args) => argument(args, 0) ?? NONE);

export const CONTEXTLIB = module("contextlib", {
  contextmanager: same,
  nullcontext: native("contextlib.nullcontext", (args) => argument(args, 0, "enter_result") ?? NONE),
  suppress: native("contextlib.suppress", () => NONE),
});
