import { nativeMethod } from "../../natives.js";
import { FALSE, integer, type NativeFunction, TRUE, unknown, type Value } from "../../values.js";
import { asNumber, float } from "../numbers.js";

function method(name: string, compute: (value: number) => Value): readonly [string, NativeFunction] {
  return [
    name,
    nativeMethod(name, (self) => {
      const number = asNumber(self);
      return number ? compute(number.value) : unknown(`${name} is not known`);
    }),
  ];
}

export const NUMBER_METHODS: ReadonlyMap<string, NativeFunction> = new Map([
  method("is_integer", (value) => (Number.isInteger(value) ? TRUE : FALSE)),
  method("bit_length", (value) => integer(value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1)),
  method("conjugate", (value) => float(value)),
  method("item", (value) => ({ kind: "number", value, float: !Number.isInteger(value) })),
]);

/** Fields of numbers. */
export function numberField(object: Value, name: string): Value | undefined {
  const number = asNumber(object);
  if (!number) return undefined;
  if (name === "real" || name === "numerator") return number;
  if (name === "imag") return integer(0);
  return name === "denominator" && !number.float ? integer(1) : undefined;
}
