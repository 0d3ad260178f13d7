import { programError } from "../errors.js";
import type { Frame } from "../frame.js";
import type { Scope } from "../scope.js";
import type { Semantics } from "../semantics.js";
import { type Call, type InstanceValue, list, unknown, type Value } from "../values.js";
import { broadcasted } from "./broadcast.js";
import { builtins } from "./builtins/names.js";
import { callWith } from "./dispatch.js";
import { byName, indexed, iterated, setIndexed } from "./indexing.js";
import { float, isText, numberOf } from "./natives.js";
import { binary, compare } from "./operators.js";
import { modulePaths } from "./paths.js";
import { show } from "./show.js";
import { CALL, defineMethod, defineStruct } from "./structs.js";

/** What Julia means by its operators, indices, structs and methods. */
export const juliaSemantics: Semantics = {
  language: "julia",
  receiver: "parameter",
  strictArguments: true,
  fallbacks: "at call",
  blockScopes: false,
  builtins,
  fileNames: () => new Map(),
  assigned,
  truth: (value) => (value.kind === "boolean" ? value.value : "unknown"),
  unary(operator, operand) {
    const number = numberOf(operand);
    if (number === undefined) return operator === "-" ? binary("*", operand, { kind: "number", value: -1, float: false }) : operand;
    if (operand.kind === "number" && operator === "-") return { ...operand, value: -number };
    return operator === "+" ? operand : unknown(`${operator} is not computed`);
  },
  binary: (operator, left, right) => binary(operator, left, right),
  compare: (operator, left, right) => compare(operator, left, right),
  attribute,
  missingAttribute(object, name, call) {
    if (object.kind !== "instance" || !object.class.place || object.class.members.has("getproperty")) {
      return unknown(`.${name} is not known`);
    }
    const fields = [...object.fields.keys()].join(", ");
    throw programError("FieldError", `type ${object.class.name} has no field ${name}, available fields: ${fields}`, call.place);
  },
  setAttribute(object, name, value, call) {
    if (object.kind !== "instance") return;
    call.interpreter.willChange(object.fields);
    object.fields.set(name, value);
  },
  deleteAttribute: () => undefined,
  index: indexed,
  setIndex: setIndexed,
  deleteIndex: () => undefined,
  items: iterated,
  show,
  range,
  broadcast: broadcasted,
  call(callee, args, call) {
    if (callee.kind === "class") return callee.construct?.(callee, args, call) ?? unknown(`how ${callee.name} is made is not known`);
    const method = callee.kind === "instance" ? callee.class.members.get(CALL) : undefined;
    if (!method) return unknown("what is called here is not known");
    return callWith(method, { ...args, positional: [callee, ...args.positional] }, call);
  },
  defineClass: defineStruct,
  defineFunction: defineMethod,
  modulePaths,
};

/** A name that a function around has is that function's; at the top of a file, and in its loops, it is the file's. */
function assigned(name: string, frame: Frame): Scope {
  const owner = frame.scope.owner(name);
  return owner && owner !== frame.globals && !isOutside(owner, frame) ? owner : frame.function ? frame.scope : frame.scope.target(name);
}

function isOutside(scope: Scope, { globals }: Frame): boolean {
  return globals.outer === scope;
}

function attribute(object: Value, name: string, call: Call): Value | undefined {
  if (object.kind === "tuple") return byName(object, name) ?? unknown(`.${name} is not known`);
  if (object.kind !== "instance") return unknown(`.${name} is not known`);
  const own = object.fields.get(name);
  if (own || object.class.incomplete) return own ?? unknown(`.${name} is not known`);
  return member(object, name, call);
}

function member(object: InstanceValue, name: string, call: Call): Value | undefined {
  const getter = object.class.members.get("__getattr__");
  return getter && call.interpreter.call(getter, [object, { kind: "string", value: name }], call.place);
}

/** Ranges of Julia contain their end. */
function range(start: Value, stop: Value, step: Value | undefined): Value {
  const from = numberOf(start);
  const to = numberOf(stop);
  const by = step ? numberOf(step) : 1;
  if (isText(start) || from === undefined || to === undefined || by === undefined || by === 0) return unknown("the range is not known");
  if ([from, to, by].every(Number.isInteger)) return { kind: "range", start: from, stop: to + Math.sign(by), step: by };
  const length = Math.floor((to - from) / by + 1e-9) + 1;
  if (length > 10_000) return unknown("the range is long");
  return list(Array.from({ length: Math.max(0, length) }, (_, at) => float(from + at * by)));
}
