import type { BinaryOperator } from "../../../syntax/tree.js";
import { libraryClass, nativeMethod } from "../../natives.js";
import { type Call, type InstanceValue, integer, list, type NumberValue, tuple, unknown, type Value } from "../../values.js";
import { index } from "../indexing.js";
import { asInteger, asNumber, numeric } from "../numbers.js";
import { instance } from "../special.js";
import { OBJECT } from "../types.js";

/** An array of numpy whose numbers are known: rows are lists within. */
class Numbers {
  constructor(readonly items: readonly Value[]) {}
}

/** An array of numpy whose numbers are not known, but its sizes are. */
class Sizes {
  constructor(readonly sizes: readonly number[]) {}
}

const UNKNOWN = unknown("arrays of numpy are not computed");

/** An array of which only the shape is known, from a number or a tuple of numbers; unknown where those are. */
export function arrayOfSize(size: Value | undefined, call: Call): Value {
  const sizes = (size && (arrayItems(size) ?? [size]))?.map(asInteger);
  return sizes?.every((each) => each !== undefined) ? instance(ARRAY, call, new Sizes(sizes)) : UNKNOWN;
}

/** The shape of an array, or of a list that may become one. */
export function arrayShape(value: Value): readonly number[] | undefined {
  if (value.kind === "instance" && value.payload instanceof Sizes) return value.payload.sizes;
  const items = arrayItems(value);
  return items && sizes(items).flatMap((size) => (size.kind === "number" ? [size.value] : []));
}

/** The items of an array, or of a list that may become one. */
export function arrayItems(value: Value | undefined): readonly Value[] | undefined {
  if (value?.kind === "instance" && value.payload instanceof Numbers) return value.payload.items;
  return value?.kind === "list" || value?.kind === "tuple" ? value.items : undefined;
}

export function array(items: readonly Value[], call: Call): InstanceValue {
  return instance(ARRAY, call, new Numbers(items));
}

/** Number by number; a single number goes with each. */
export function combined(operator: BinaryOperator, left: Value, right: Value, call: Call): Value {
  const [of] = [left, right].filter((value) => value.kind === "instance" && value.payload instanceof Sizes);
  if (of) {
    const [shape, others] = [arrayShape(of), arrayShape(of === left ? right : left)];
    return asNumber(of === left ? right : left) || String(shape) === String(others) ? of : UNKNOWN;
  }
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

function listed(self: Value, make: (items: readonly Value[]) => Value): Value {
  const items = arrayItems(self);
  return items ? make(items) : UNKNOWN;
}

function sizes(items: readonly Value[]): Value[] {
  const first = arrayItems(items[0]);
  return [integer(items.length), ...(first ? sizes(first) : [])];
}

/** Array.shape and the like are methods that are asked for as attributes. */
const fields = nativeMethod("ndarray.__getattr__", (self, { positional: [name] }) => {
  const shape = arrayShape(self);
  if (!shape || name?.kind !== "string") return UNKNOWN;
  if (name.value === "shape") return tuple(shape.map(integer));
  if (name.value === "ndim") return integer(shape.length);
  return UNKNOWN;
});

/** Each number of an array, whatever its shape; undefined where they are not known. */
function flat(items: readonly Value[] | undefined): readonly NumberValue[] | undefined {
  const parts = items?.map((item) => (item.kind === "number" ? [item] : flat(arrayItems(item))));
  return parts?.every((part) => part !== undefined) ? parts.flat() : undefined;
}

/** array.max() and the like: one number of all. */
function whole(name: string, compute: (values: readonly number[]) => number): [string, Value] {
  return [
    name,
    nativeMethod(name, (self, { positional, named }) => {
      const numbers = positional.length + named.size > 0 ? undefined : flat(arrayItems(self));
      if (!numbers || numbers.length === 0) return UNKNOWN;
      return numeric(compute(numbers.map(({ value }) => value)), numbers.some(({ float }) => float) || name === "mean");
    }),
  ];
}

/** array.astype(int) and the like, by the dtype's name. */
const astype = nativeMethod("astype", (self, { positional: [dtype] }, call) => {
  const name = dtype?.kind === "string" ? dtype.value : dtype && "name" in dtype ? dtype.name : undefined;
  const kind = /int|float/.exec(name ?? "")?.[0];
  const to = (items: readonly Value[]): Value =>
    array(
      items.map((item) => {
        const inner = arrayItems(item);
        if (inner) return to(inner);
        return item.kind === "number" ? numeric(kind === "int" ? Math.trunc(item.value) : item.value, kind === "float") : item;
      }),
      call,
    );
  const items = arrayItems(self);
  return items ? (kind === undefined ? UNKNOWN : to(items)) : self;
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
    __len__: nativeMethod("__len__", (self) => integer(arrayShape(self)?.[0] ?? 0)),
    __bool__: nativeMethod("__bool__", () => UNKNOWN),
    __eq__: nativeMethod("__eq__", () => UNKNOWN),
    __iter__: nativeMethod("__iter__", (self) => listed(self, (items) => list(items))),
    __getitem__: nativeMethod("__getitem__", (self, { positional: [key] }, call) => {
      if (!arrayItems(self) || !key || (key.kind !== "number" && key.kind !== "slice")) return UNKNOWN;
      const found = index(list(arrayItems(self) ?? []), [key], call);
      return found.kind === "list" ? array(found.items, call) : found;
    }),
    __getattr__: fields,
    tolist: nativeMethod("tolist", (self) => listed(self, nested)),
    copy: nativeMethod("copy", (self) => self),
    astype,
    ...Object.fromEntries([
      whole("max", (values) => Math.max(...values)),
      whole("min", (values) => Math.min(...values)),
      whole("sum", (values) => values.reduce((sum, value) => sum + value, 0)),
      whole("mean", (values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    ]),
  },
  { bases: [OBJECT], incomplete: true },
);
