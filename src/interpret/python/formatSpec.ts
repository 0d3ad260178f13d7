import type { Call, NumberValue, Value } from "../values.js";
import { valueError } from "./errors.js";
import { asNumber } from "./numbers.js";
import { showNumber, str } from "./show.js";

interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

/** Wider texts than anybody shows. */
export const WIDEST = 10_000;

/** format(value, spec); undefined where it cannot be known. */
export function formatted(value: Value, written: string, call: Call): string | undefined {
  if (value.kind === "unknown" || value.kind === "tensor") return undefined;
  if (written === "") return str(value, call);
  const spec = parsed(written);
  if (!spec) throw valueError(`Invalid format specifier '${written}'`, call);
  const number = asNumber(value);
  if (number && (value.kind === "number" || spec.type !== "")) return aligned(ofNumber(number, spec), spec, ">");
  if (value.kind === "instance") return undefined;
  const whole = str(value, call);
  return whole === undefined ? undefined : aligned(spec.precision === undefined ? whole : whole.slice(0, spec.precision), spec, "<");
}

function parsed(written: string): Spec | undefined {
  const match = /^(?:([\s\S])?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/.exec(written);
  if (!match) return undefined;
  const [, fill, align, sign = "", alternate, zero, width = "0", grouping = "", precision, type = ""] = match;
  if (Number(width) > WIDEST || Number(precision ?? 0) > 100) return undefined;
  return {
    fill: fill ?? (zero ? "0" : " "),
    align: align ?? (zero ? "=" : ""),
    sign,
    alternate: alternate !== undefined,
    width: Number(width),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

function aligned(shown: string, { fill, align, width }: Spec, habit: string): string {
  const side = align === "" ? habit : align;
  const missing = width - shown.length;
  if (missing <= 0) return shown;
  if (side === "<") return shown + fill.repeat(missing);
  if (side === "^") return fill.repeat(missing >> 1) + shown + fill.repeat(missing - (missing >> 1));
  if (side === ">") return fill.repeat(missing) + shown;
  const [, sign = "", rest = ""] = /^([-+ ]?(?:0[xbo])?)([\s\S]*)$/.exec(shown) ?? [];
  return sign + fill.repeat(missing) + rest;
}

function ofNumber({ value, float }: NumberValue, spec: Spec): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : spec.sign === "-" ? "" : spec.sign;
  return sign + digits(Math.abs(value), float, spec);
}

const BASES: Readonly<Record<string, readonly [base: number, prefix: string]>> = {
  b: [2, "0b"],
  o: [8, "0o"],
  x: [16, "0x"],
  X: [16, "0X"],
};

function digits(value: number, float: boolean, spec: Spec): string {
  const { type, precision } = spec;
  const base = BASES[type];
  if (base) {
    const shown = value.toString(base[0]);
    return (spec.alternate ? base[1] : "") + (type === "X" ? shown.toUpperCase() : shown);
  }
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : "inf";
  if (type === "d" || type === "n" || (type === "" && !float)) return grouped(showNumber(value, false), spec);
  if (type === "f" || type === "F") return grouped(value.toFixed(precision ?? 6), spec);
  if (type === "%") return `${grouped((value * 100).toFixed(precision ?? 6), spec)}%`;
  if (type === "e" || type === "E") return cased(exponential(value, precision ?? 6), type);
  if (type === "g" || type === "G") return cased(general(value, precision ?? 6), type);
  if (type === "c") return String.fromCodePoint(value);
  return grouped(precision === undefined ? showNumber(value, true) : general(value, precision), spec);
}

function cased(shown: string, type: string): string {
  return type === type.toUpperCase() ? shown.toUpperCase() : shown;
}

function exponential(value: number, precision: number): string {
  const [mantissa = "", exponent = "+0"] = value.toExponential(precision).split("e");
  return `${mantissa}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, "0")}`;
}

function general(value: number, precision: number): string {
  const significant = Math.max(1, precision);
  const exponent = value === 0 ? 0 : Number(value.toExponential(significant - 1).split("e")[1]);
  const shown = exponent < -4 || exponent >= significant ? exponential(value, significant - 1) : value.toFixed(significant - 1 - exponent);
  return shown.replace(/(\.\d*?)0+(?=e|$)/, "$1").replace(/\.(?=e|$)/, "");
}

function grouped(shown: string, { grouping }: Spec): string {
  if (grouping === "") return shown;
  const [whole = "", ...fraction] = shown.split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, grouping), ...fraction].join(".");
}
