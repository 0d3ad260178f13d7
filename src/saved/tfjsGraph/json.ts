import { UserError } from "../../base/userError.js";

export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function recordIn(json: unknown, name: string): Json | undefined {
  const value = isJson(json) ? json[name] : undefined;
  return isJson(value) ? value : undefined;
}

export function listIn(json: unknown, name: string): readonly unknown[] {
  const value = isJson(json) ? json[name] : undefined;
  return Array.isArray(value) ? value : [];
}

export function textIn(json: unknown, name: string): string | undefined {
  const value = isJson(json) ? json[name] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** Protocol buffers write 64-bit numbers as strings in JSON. */
export function wholeOf(value: unknown): number | undefined {
  const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined;
}

/** One sentence for a file that is no model of TensorFlow.js as it should be. */
export function damaged(file: string, why: string): UserError {
  return new UserError(`${file} is a damaged TensorFlow.js graph model: ${why}.`);
}
