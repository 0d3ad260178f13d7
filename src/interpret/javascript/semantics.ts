import type { Frame } from "../frame.js";
import type { Semantics } from "../semantics.js";
import { type Arguments, type Call, type ClassValue, list, NONE, unknown, type Value } from "../values.js";
import { aboveOf, callSuper, construct, inherited, superOf } from "./classes.js";
import { collectionItems } from "./collections.js";
import { defineClass } from "./definitions.js";
import { deleteElement, element, setElement } from "./elements.js";
import { GLOBALS } from "./globals.js";
import { answer, binary, compare, truth, unary } from "./operators.js";
import { modulePaths } from "./paths.js";
import { deleteProperty, hasKey, property, setProperty } from "./properties.js";
import { show } from "./show.js";

/**
 * How JavaScript and TypeScript behave. `undefined` and `null` are one value; what fails on them is silent, as other files may run too.
 * `names` are there without an import, as those of a page's other scripts are.
 */
export function javascriptSemantics(names: ReadonlyMap<string, Value> = new Map()): Semantics {
  const builtins = new Map([...GLOBALS, ...names]);
  return { ...LANGUAGE, builtins: () => builtins };
}

const LANGUAGE: Omit<Semantics, "builtins"> = {
  language: "javascript",
  receiver: "this",
  strictArguments: false,
  fallbacks: "at call",
  blockScopes: true,
  fileNames: () => new Map(),
  assigned: (name, { scope, globals }) => {
    const owner = scope.owner(name);
    return owner && owner !== globals.outer ? owner : globals;
  },
  truth,
  unary,
  binary,
  compare: (operator, left, right, call) =>
    operator === "in" || operator === "not in" ? answer(hasKey(right, left, call), operator === "not in") : compare(operator, left, right),
  attribute: property,
  missingAttribute: () => NONE,
  setAttribute: setProperty,
  deleteAttribute: deleteProperty,
  index: element,
  setIndex: setElement,
  deleteIndex: deleteElement,
  items: itemsOf,
  show,
  call: called,
  defineClass,
  describeError,
  enter,
  modulePaths: (module, _, from) => modulePaths(module, from),
};

function itemsOf(value: Value): readonly Value[] | undefined {
  switch (value.kind) {
    case "list":
    case "tuple":
      return value.items;
    case "string":
      return [...value.value].map((character): Value => ({ kind: "string", value: character }));
    case "instance":
      return collectionItems(value);
    default:
      return undefined;
  }
}

function called(callee: Value, args: Arguments, call: Call): Value {
  switch (callee.kind) {
    case "class":
      return construct(callee, args, call);
    case "function":
      return constructedBy(callee, args, call);
    case "instance": {
      const above = aboveOf(callee);
      if (above) return callSuper(above, args, call);
      const own = inherited(callee.class, "__call__");
      return own?.kind === "native"
        ? own.call({ ...args, positional: [callee, ...args.positional] }, call)
        : unknown("this is no function");
    }
    default:
      return unknown("this is no function");
  }
}

/** `new F()` of a function: an object of which nothing is known but what F sets. */
function constructedBy(callee: Extract<Value, { kind: "function" }>, args: Arguments, call: Call): Value {
  const { name } = callee.tree;
  const cls: ClassValue = { kind: "class", name, bases: [], place: call.place, members: new Map(), incomplete: true };
  const self: Value = { kind: "instance", class: cls, fields: new Map(), place: call.place };
  const made = call.interpreter.call({ kind: "method", self, function: callee }, args.positional, call.place);
  return made.kind === "none" ? self : made;
}

/** Arrows have `this` and `super` of the function around them. */
function enter({ function: callee, self, scope, file }: Frame, { positional, incomplete }: Arguments): void {
  if (!callee || callee.tree.arrow) return;
  scope.set("this", self ?? unknown("what `this` is is not known"));
  scope.set("arguments", incomplete ? unknown("the arguments are not known") : list(positional));
  if (self && callee.owner) scope.set("super", superOf(self, callee.owner, { file, range: callee.tree.range }));
}

function describeError(exception: Value): { code: string; message: string } {
  if (exception.kind !== "instance") return { code: "Error", message: `throws ${show(exception) ?? "an error"}` };
  const message = exception.fields.get("message");
  const words = message && show(message);
  return { code: exception.class.name, message: words === undefined || words === "" ? `throws ${exception.class.name}` : words };
}
