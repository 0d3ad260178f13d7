import {
  type Arguments,
  type Call,
  FALSE,
  integer,
  type NativeFunction,
  type NumberValue,
  type StringValue,
  TRUE,
  type TupleValue,
  unknown,
  type Value,
} from "../values.js";

export type Body = (args: readonly Value[], call: Call, named: ReadonlyMap<string, Value>) => Value;

/** A built-in function. Where a spread of something unknown is among its arguments, its answer is unknown. */
export function native(name: string, body: Body): NativeFunction {
  return {
    kind: "native",
    name,
    call: (args, call) => (args.incomplete ? unknown(`the arguments of ${name} are not known`) : body(args.positional, call, args.named)),
  };
}

/** Functions by their names. */
export function natives(bodies: Readonly<Record<string, Body>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(bodies).map(([name, body]) => [name, native(name, body)]));
}

/** Something that is not computed, with the first thing that is not known as the reason. */
export function notKnown(name: string, args: readonly Value[]): Value {
  return args.find(({ kind }) => kind === "unknown") ?? unknown(`${name} is not computed`);
}

export function boolean(value: boolean): Value {
  return value ? TRUE : FALSE;
}

export function float(value: number): NumberValue {
  return { kind: "number", value, float: true };
}

export function wholeOf(value: Value | undefined): number | undefined {
  return value?.kind === "number" && Number.isInteger(value.value) ? value.value : undefined;
}

export function numberOf(value: Value | undefined): number | undefined {
  if (value?.kind === "boolean") return value.value ? 1 : 0;
  return value?.kind === "number" ? value.value : undefined;
}

/** Whole numbers of a tuple, a list, or a single number; undefined where one is not known. */
export function wholesOf(value: Value | undefined): readonly number[] | undefined {
  if (value?.kind === "number") return Number.isInteger(value.value) ? [value.value] : undefined;
  const items = value?.kind === "tuple" || value?.kind === "list" ? value.items : value?.kind === "range" ? rangeItems(value) : undefined;
  const numbers = items?.map(wholeOf).filter((each) => each !== undefined);
  return numbers && numbers.length === items?.length ? numbers : undefined;
}

export function rangeItems({ start, stop, step }: { readonly start: number; readonly stop: number; readonly step: number }): Value[] {
  const items: Value[] = [];
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) items.push(integer(at));
  return items;
}

/** a => b */
export function pair(first: Value, second: Value): TupleValue {
  return { kind: "tuple", items: [first, second], names: ["first", "second"] };
}

export function isPair(value: Value | undefined): value is TupleValue {
  return value?.kind === "tuple" && value.names?.[0] === "first" && value.items.length === 2;
}

export function isText(value: Value | undefined): value is StringValue {
  return value?.kind === "string";
}

export function complete(positional: readonly Value[], named: ReadonlyMap<string, Value> = new Map()): Arguments {
  return { positional, named, incomplete: false };
}
