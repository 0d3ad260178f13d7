import { nativeMethod } from "../../natives.js";
import { type Arguments, type Call, type NativeFunction, unknown, type Value } from "../../values.js";

type Of<Kind extends Value["kind"]> = Extract<Value, { kind: Kind }>;

/** A table of methods of one kind of values. */
export function methods<Kind extends Value["kind"]>(
  kind: Kind,
  table: Readonly<Record<string, (self: Of<Kind>, args: Arguments, call: Call) => Value>>,
): ReadonlyMap<string, NativeFunction> {
  const isOf = (value: Value): value is Of<Kind> => value.kind === kind;
  return new Map(
    Object.entries(table).map(([name, method]) => [
      name,
      nativeMethod(`${kind}.${name}`, (self, args, call) =>
        isOf(self) ? method(self, args, call) : unknown(`${name} of something else is not known`),
      ),
    ]),
  );
}
