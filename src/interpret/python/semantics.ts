import type { Frame } from "../frame.js";
import type { Semantics } from "../semantics.js";
import { type Arguments, type Call, text, unknown, type Value } from "../values.js";
import { attribute, deleteAttribute, missingAttribute, setAttribute } from "./attributes.js";
import { BUILTINS } from "./builtins/builtins.js";
import { BASE_EXCEPTION, catches } from "./builtins/exceptions.js";
import { callValue, defineClass } from "./classes.js";
import { deleteIndex, index, setIndex } from "./indexing.js";
import { changeInPlace } from "./inPlace.js";
import { items, truth } from "./iteration.js";
import { modulePaths } from "./modulePaths.js";
import { isSubclass } from "./mro.js";
import { binary, compare, unary } from "./operators.js";
import { str } from "./show.js";
import { callSpecial } from "./special.js";
import { superFunction } from "./super.js";

/** Python 3. */
export const PYTHON: Semantics = {
  language: "python",
  receiver: "parameter",
  strictArguments: true,
  fallbacks: "at definition",
  blockScopes: false,
  builtins: () => BUILTINS,
  fileNames: (file, main) =>
    new Map<string, Value>([
      ["__name__", text(main ? "__main__" : file.replace(/(\/__init__)?\.py$/, "").replaceAll("/", "."))],
      ["__file__", text(file)],
      ["__doc__", unknown("the documentation is not read")],
    ]),
  assigned: (name, frame) => frame.scope.target(name),
  truth,
  unary,
  binary,
  changeInPlace,
  compare,
  attribute,
  missingAttribute,
  setAttribute,
  deleteAttribute,
  index,
  setIndex,
  deleteIndex,
  items,
  show: str,
  call: callValue,
  defineClass,
  enter,
  enterContext: (manager: Value, call: Call) => callSpecial(manager, "__enter__", [], call) ?? manager,
  describeError,
  catches,
  modulePaths,
};

/** Methods know `super`. */
function enter(frame: Frame, args: Arguments): void {
  const owner = frame.function?.owner;
  if (owner) frame.scope.set("super", superFunction(owner, frame.self ?? args.positional[0]));
}

function describeError(exception: Value, call: Call): { code: string; message: string } {
  const cls = exception.kind === "class" ? exception : exception.kind === "instance" ? exception.class : undefined;
  const code = cls?.name ?? "raise";
  if (exception.kind !== "instance" || !isSubclass(exception.class, BASE_EXCEPTION))
    return { code, message: `the program raises ${code} here` };
  const args = exception.fields.get("args");
  const [first] = args?.kind === "tuple" ? args.items : [];
  return { code, message: (first && str(first, call)) ?? `the program raises ${code} here` };
}
