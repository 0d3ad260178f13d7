import type { Padding, Pair } from "../program/types.js";
import { type Argument, alternatives, isCount, LARGEST_COUNT, wrongWord } from "./arguments.js";

/** A size for height and width: one number for both, or [height, width]. */
export function pair(doc: string): Argument<Pair> {
  return pairFrom(doc, 1);
}

/** Rows and columns added to an image, perhaps none: one number for both, or [height, width]. */
export function addedPair(doc: string): Argument<Pair> {
  return pairFrom(doc, 0);
}

function pairFrom(doc: string, least: number): Argument<Pair> {
  const size = { type: "integer", minimum: least, maximum: LARGEST_COUNT };
  return {
    doc,
    schema: { ...size, type: ["integer", "array"], items: size, minItems: 2, maxItems: 2 },
    read: (json) => {
      const value = readPair(json, least);
      return value ? { ok: true, value } : { ok: false, error: `a whole number from ${least}, or [height, width]` };
    },
  };
}

function readPair(json: unknown, least: number): Pair | undefined {
  if (isCount(json, least)) return [json, json];
  if (!Array.isArray(json) || json.length !== 2) return undefined;
  const [first, second]: readonly unknown[] = json;
  return isCount(first, least) && isCount(second, least) ? [first, second] : undefined;
}

const FORMS = ["a number", "[height, width]", "[[top, bottom], [left, right]]"];

const amount = { type: "integer", minimum: 0, maximum: LARGEST_COUNT };
const sides = { ...amount, type: ["integer", "array"], items: amount, minItems: 2, maxItems: 2 };

/** Rows and columns added around an image; each of [height, width] may itself be [before, after]. */
export function explicitPadding(doc: string): Argument<Padding> {
  return {
    doc,
    schema: { ...sides, items: sides },
    read: (json) => {
      const value = readExplicit(json);
      return value ? { ok: true, value } : { ok: false, error: alternatives(FORMS) };
    },
  };
}

/** Padding of a window: a rule, or explicit rows and columns. */
export function windowPadding(doc: string): Argument<"same" | "valid" | Padding> {
  const explicit = explicitPadding(doc);
  const rules = ["valid", "same"];
  return {
    doc,
    schema: {
      ...explicit.schema,
      type: ["string", "integer", "array"],
      pattern: `^(${rules.join("|")})$`,
      patternErrorMessage: `Use ${alternatives([...rules, ...FORMS])}.`,
      defaultSnippets: rules.map((rule) => ({ label: JSON.stringify(rule), body: rule })),
    },
    read: (json) => {
      if (json === "same" || json === "valid") return { ok: true, value: json };
      const value = readExplicit(json);
      return value ? { ok: true, value } : wrongWord(json, rules, FORMS);
    },
  };
}

function readExplicit(json: unknown): Padding | undefined {
  const [height, width] = Array.isArray(json) && json.length === 2 ? (json as readonly unknown[]) : [json, json];
  if (Array.isArray(json) && json.length !== 2) return undefined;
  const vertical = readPair(height, 0);
  const horizontal = readPair(width, 0);
  return vertical && horizontal ? [...vertical, ...horizontal] : undefined;
}
