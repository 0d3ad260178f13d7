import type { Call, Value } from "../values.js";
import { callSpecial, mayHaveMore } from "./special.js";

/** str(value); undefined where it cannot be known. */
export function str(value: Value, call: Call): string | undefined {
  if (value.kind === "string") return value.value;
  if (value.kind === "instance") {
    const answer = callSpecial(value, "__str__", [], call);
    if (answer) return answer.kind === "string" ? answer.value : undefined;
  }
  return repr(value, call);
}

/** repr(value); undefined where it cannot be known. */
export function repr(value: Value, call: Call): string | undefined {
  switch (value.kind) {
    case "none":
      return "None";
    case "boolean":
      return value.value ? "True" : "False";
    case "number":
      return showNumber(value.value, value.float);
    case "string":
      return quoted(value.value);
    case "list":
      return value.iterator ? undefined : between("[", value.items, "]", call);
    case "tuple":
      if (value.names) return undefined;
      return value.items.length === 1 ? between("(", value.items, ",)", call) : between("(", value.items, ")", call);
    case "set":
      return value.items.size === 0 ? "set()" : between("{", [...value.items.values()], "}", call);
    case "dictionary": {
      const parts = [...value.entries.values()].map(({ key, value: each }) => [repr(key, call), repr(each, call)] as const);
      if (parts.some(([key, each]) => key === undefined || each === undefined)) return undefined;
      return `{${parts.map(([key, each]) => `${key}: ${each}`).join(", ")}}`;
    }
    case "range":
      return value.step === 1 ? `range(${value.start}, ${value.stop})` : `range(${value.start}, ${value.stop}, ${value.step})`;
    case "class":
      return `<class '${value.place ? "__main__." : ""}${value.name}'>`;
    case "instance": {
      const answer = callSpecial(value, "__repr__", [], call);
      if (answer) return answer.kind === "string" ? answer.value : undefined;
      return mayHaveMore(value) ? undefined : `<__main__.${value.class.name} object>`;
    }
    default:
      return undefined;
  }
}

function between(open: string, items: readonly Value[], close: string, call: Call): string | undefined {
  const parts = items.map((item) => repr(item, call));
  return parts.every((part) => part !== undefined) ? `${open}${parts.join(", ")}${close}` : undefined;
}

function quoted(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")
    .replaceAll("\r", "\\r")
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}

/** The shortest decimal that reads back as this number; floats have a point or an exponent. */
export function showNumber(value: number, float: boolean): string {
  if (!float) return Object.is(value, -0) ? "0" : String(value);
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const [digits = "0", exponentText = "0"] = Math.abs(value).toExponential().split("e");
  const exponent = Number(exponentText);
  if (value === 0 || (exponent >= -4 && exponent < 16)) {
    const plain = String(value);
    return /[.]/.test(plain) ? plain : plain.includes("e") ? value.toFixed(Math.max(1, -exponent + digits.length - 2)) : `${plain}.0`;
  }
  const sign = exponent < 0 ? "-" : "+";
  return `${value < 0 ? "-" : ""}${digits}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
