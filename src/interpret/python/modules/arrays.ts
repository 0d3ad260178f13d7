import type { BinaryOperator } from "../../../syntax/tree.js";
import { libraryClass, nativeMethod } from "../../natives.js";
import { type Call, type InstanceValue, integer, list, tuple, unknown, type Value } from "../../values.js";
import { index } from "../indexing.js";
import { asNumber } from "../numbers.js";
import { instance } from "../special.js";
import { OBJECT } from "../types.js";

/** An array of numpy whose numbers are known: rows are lists within. */
class Numbers {
  constructor(readonly items: readonly Value[]) {}
}

const UNKNOWN = unknown("arrays of numpy are not computed");

/** The items of an array, or of a list that may become one. */
export function arrayItems(value: Value | undefined): readonly Value[] | undefined {
  if (value?.kind === "instance" && value.payload instanceof Numbers) return value.payload.items;
  return value?.kind === "list" || value?.kind === "tuple" ? value.items : undefined;
}

export function array(items: readonly Value[], call: Call): InstanceValue {
  return instance(ARRAY, call, new Numbers(items));
}

/** Number by number; a single number goes with each. */
function combined(operator: BinaryOperator, left: Value, right: Value, call: Call): Value {
  const [a, b] = [arrayItems(left), arrayItems(right)];
  if (!a && !b) return asNumber(left) && asNumber(right) ? call.interpreter.binary(operator, left, right, call) : UNKNOWN;
  const length = Math.max(a?.length ?? 0, b?.length ?? 0);
  if ((a && a.length !== length) || (b && b.length !== length)) return UNKNOWN;
  const items = Array.from({ length }, (_, at) => combined(operator, a?.[at] ?? left, b?.[at] ?? right, call));
  return items.some(({ kind }) => kind === "unknown") ? UNKNOWN : array(items, call);
}

const OPERATORS: readonly (readonly [string, BinaryOperator])[] = [
  ["add", "+"],
  ["sub", "-"],
  ["mul", "*"],
  ["truediv", "/"],
  ["floordiv", "//"],
  ["mod", "%"],
  ["pow", "**"],
];

function nested(items: readonly Value[]): Value {
  return list(items.map((item) => (arrayItems(item) ? nested(arrayItems(item) ?? []) : item)));
}

function sizes(items: readonly Value[]): Value[] {
  const first = arrayItems(items[0]);
  return [integer(items.length), ...(first ? sizes(first) : [])];
}

/** Array.shape and the like are methods that are asked for as attributes. */
const fields = nativeMethod("ndarray.__getattr__", (self, { positional: [name] }) => {
  const items = arrayItems(self);
  if (!items || name?.kind !== "string") return UNKNOWN;
  if (name.value === "shape") return tuple(sizes(items));
  if (name.value === "ndim") return integer(sizes(items).length);
  return UNKNOWN;
});

const ARRAY = libraryClass(
  "ndarray",
  {
    ...Object.fromEntries(
      OPERATORS.flatMap(([name, operator]) => [
        [`__${name}__`, nativeMethod(name, (self, { positional: [other] }, call) => combined(operator, self, other ?? UNKNOWN, call))],
        [`__r${name}__`, nativeMethod(name, (self, { positional: [other] }, call) => combined(operator, other ?? UNKNOWN, self, call))],
      ]),
    ),
    __len__: nativeMethod("__len__", (self) => integer(arrayItems(self)?.length ?? 0)),
    __bool__: nativeMethod("__bool__", () => UNKNOWN),
    __eq__: nativeMethod("__eq__", () => UNKNOWN),
    __iter__: nativeMethod("__iter__", (self) => list(arrayItems(self) ?? [])),
    __getitem__: nativeMethod("__getitem__", (self, { positional: [key] }, call) => {
      if (!key || (key.kind !== "number" && key.kind !== "slice")) return UNKNOWN;
      const found = index(list(arrayItems(self) ?? []), [key], call);
      return found.kind === "list" ? array(found.items, call) : found;
    }),
    __getattr__: fields,
    tolist: nativeMethod("tolist", (self) => nested(arrayItems(self) ?? [])),
    copy: nativeMethod("copy", (self) => self),
  },
  { bases: [OBJECT], incomplete: true },
);
