import type { BinaryOperator, ComparisonOperator } from "../../../syntax/tree.js";
import { native } from "../../natives.js";
import { type NativeFunction, tuple, unknown, type Value } from "../../values.js";
import { index } from "../indexing.js";
import { compare } from "../operators.js";
import { module } from "./module.js";

const MISSING = unknown("an operand is not known");

function binary(name: string, operator: BinaryOperator): readonly [string, NativeFunction] {
  return [
    name,
    native(`operator.${name}`, ({ positional: [left, right] }, call) =>
      left && right ? call.interpreter.binary(operator, left, right, call) : MISSING,
    ),
  ];
}

function comparison(name: string, operator: ComparisonOperator): readonly [string, NativeFunction] {
  return [
    name,
    native(`operator.${name}`, ({ positional: [left, right] }, call) => (left && right ? compare(operator, left, right, call) : MISSING)),
  ];
}

export const OPERATOR = module("operator", {
  ...Object.fromEntries([
    binary("add", "+"),
    binary("sub", "-"),
    binary("mul", "*"),
    binary("truediv", "/"),
    binary("floordiv", "//"),
    binary("mod", "%"),
    binary("pow", "**"),
    binary("matmul", "@"),
    binary("and_", "&"),
    binary("or_", "|"),
    comparison("eq", "=="),
    comparison("ne", "!="),
    comparison("lt", "<"),
    comparison("le", "<="),
    comparison("gt", ">"),
    comparison("ge", ">="),
  ]),
  itemgetter: native("operator.itemgetter", ({ positional: keys }) =>
    native("itemgetter", ({ positional: [object] }, call) => {
      const found: Value[] = keys.map((key) =>
        object && object.kind !== "unknown" && object.kind !== "tensor" ? index(object, [key], call) : MISSING,
      );
      return found.length === 1 ? (found[0] ?? MISSING) : tuple(found);
    }),
  ),
  attrgetter: native("operator.attrgetter", ({ positional: [name] }) =>
    native("attrgetter", ({ positional: [object] }, call) => {
      let found: Value | undefined = object;
      for (const part of name?.kind === "string" ? name.value.split(".") : []) found = found && call.interpreter.attribute(found, part);
      return found ?? MISSING;
    }),
  ),
});
