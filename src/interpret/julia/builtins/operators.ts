import { BINARY, COMPARISONS } from "../../../syntax/julia/signs.js";
import type { BinaryOperator, ComparisonOperator } from "../../../syntax/tree.js";
import { derives } from "../../natives.js";
import { Scope } from "../../scope.js";
import { type Call, type NativeFunction, NONE, unknown, type Value } from "../../values.js";
import { applyElementwise } from "../arrays/elementwise.js";
import { onArrays } from "../arrays/operations.js";
import { transposed } from "../arrays/products.js";
import { boolean, native, natives, notKnown, pair } from "../natives.js";
import { binary, compare } from "../operators.js";
import { fits } from "../types.js";

/** Functions of the same meaning that are written as words. */
const WORDS: readonly (readonly [string, BinaryOperator])[] = [
  ["div", "//"],
  ["rem", "%"],
];

/** Operators are functions: map(+, xs, ys), Parallel(+, a, b), x .+ y. */
export function operatorFunctions(): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ...[...BINARY, ...WORDS].map(([name, operator]) => [name, arithmetic(name, operator)] as const),
    ...[...COMPARISONS].map(([name, operator]) => [name, comparison(name, operator)] as const),
    ["isequal", comparison("isequal", "==")],
    ...natives({
      "=>": ([first, second]) => (first && second ? pair(first, second) : notKnown("=>", [])),
      "∘": ([outer, inner]) => (outer && inner ? composed(outer, inner) : notKnown("∘", [])),
      "!": ([value], call) => negated(value, call),
      isa: ([value, type]) => isa(value, type),
      "<:": ([type, base]) =>
        type?.kind === "class" && base?.kind === "class" ? boolean(derives(type, base)) : unknown("types are not compared"),
      adjoint: ([x], call) => (x ? transposed(x, call) : NONE),
      transpose: ([x], call) => (x ? transposed(x, call) : NONE),
    }),
  ]);
}

function arithmetic(name: string, operator: BinaryOperator): NativeFunction {
  const two = (left: Value, right: Value, call: Call): Value =>
    left.kind === "tensor" || right.kind === "tensor" ? onArrays(operator, left, right, call) : binary(operator, left, right);
  return native(name, ([first, ...others], call) => {
    if (!first) return notKnown(name, []);
    if (others.length > 0) return others.reduce((left, right) => two(left, right, call), first);
    if (first.kind === "tensor") return applyElementwise(name, [first], call);
    return name === "-" ? binary("*", first, { kind: "number", value: -1, float: false }) : first;
  });
}

function comparison(name: string, operator: ComparisonOperator): NativeFunction {
  return native(name, ([left, right], call) => {
    if (!left) return notKnown(name, []);
    // ==(x) is a function that compares with x.
    if (!right) return native(name, ([other]) => (other ? compare(operator, other, left) : notKnown(name, [])));
    if (left.kind === "tensor" || right.kind === "tensor") return applyElementwise(name, [left, right], call);
    return compare(operator, left, right);
  });
}

/** f ∘ g */
function composed(outer: Value, inner: Value): Value {
  return {
    kind: "native",
    name: "∘",
    call: (args, call) => call.interpreter.call(outer, [call.interpreter.call(inner, args.positional, call.place, args.named)], call.place),
  };
}

function negated(value: Value | undefined, { interpreter }: Call): Value {
  const truth = value ? interpreter.truth(value) : "unknown";
  return truth === "unknown" ? notKnown("!", value ? [value] : []) : boolean(!truth);
}

/** x isa T */
function isa(value: Value | undefined, type: Value | undefined): Value {
  if (!value || type?.kind !== "class") return notKnown("isa", value ? [value] : []);
  if (value.kind === "unknown") return value;
  if (value.kind === "instance") return boolean(derives(value.class, type) || type.name === "Any");
  const named = { kind: "name", name: type.name, range: { start: 0, end: 0 } } as const;
  const fit = fits(named, value, EMPTY);
  return fit === "maybe" ? unknown("its type is not known") : boolean(fit === "yes");
}

const EMPTY = new Scope();
