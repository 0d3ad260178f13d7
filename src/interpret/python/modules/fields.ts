import { libraryClass } from "../../natives.js";
import type { Value } from "../../values.js";
import { OBJECT } from "../types.js";

/** What dataclasses.field says about a field. */
export interface FieldRule {
  readonly fallback: Value | undefined;
  readonly factory: Value | undefined;
  /** Is an argument of the constructor. */
  readonly inInit: boolean;
  readonly shown: boolean;
  /** Only given by name. */
  readonly byName: boolean;
}

export class Field {
  constructor(readonly rule: FieldRule) {}
}

export const FIELD = libraryClass("Field", {}, { bases: [OBJECT], incomplete: true });
