import type { CallNode } from "../../syntax/around.js";
import type { Constant, Constants } from "./constants.js";

/** What an argument of such a constructor is to us. */
export type Meaning =
  /** It says one of ours, or several by a tuple; `usual` where it is left out. `turned` says a number in our terms. */
  | { readonly ours: string | readonly string[]; readonly usual?: Constant; readonly turned?: (value: number) => number }
  /** A variant that ours has not: it has to be off. */
  | "off"
  /** It does not change what is computed. */
  | "ignored";

/** A constructor of an optimizer or a schedule: which of ours it makes, and its arguments in order. */
export interface MakerSignature {
  readonly type: string;
  readonly arguments: Readonly<Record<string, Meaning>>;
  /** What it says by its name alone. */
  readonly also?: Made;
}

/** One of ours with its numbers, by their names. */
export type Made = Readonly<Record<string, Constant>>;

export const says = (ours: string | readonly string[], usual?: Constant): Meaning => ({ ours, ...(usual !== undefined && { usual }) });

/** Epsilon where it is added to the root of the mean square; ours is added below the root, where its square does as much for small gradients. */
export const outsideRoot = (usual: number): Meaning => ({ ours: "epsilon", usual, turned: (epsilon) => epsilon * epsilon });

/** What a call makes, with all its numbers; undefined where one of them is not known, or what it asks for is not ours. */
export function madeBy({ args }: CallNode, signature: MakerSignature, constants: Constants): Made | undefined {
  const names = Object.keys(signature.arguments);
  const given = new Map<string, Constant>();
  for (const [i, argument] of args.entries()) {
    if (argument.kind === "spread" || argument.kind === "namedSpread") return undefined;
    const name = argument.kind === "named" ? argument.name : names[i];
    const meaning = name === undefined ? undefined : signature.arguments[name];
    if (name === undefined || meaning === undefined) return undefined;
    const value = meaning === "ignored" ? null : constants.of(argument.value);
    if (value === undefined) return undefined;
    given.set(name, value);
  }
  const fields: Record<string, Constant> = {};
  for (const [name, meaning] of Object.entries(signature.arguments)) {
    if (meaning === "ignored") continue;
    const value = given.get(name);
    if (meaning === "off") {
      if (value) return undefined;
      continue;
    }
    const said = value ?? meaning.usual;
    if (said === undefined) return undefined;
    if (typeof meaning.ours === "string") fields[meaning.ours] = typeof said === "number" && meaning.turned ? meaning.turned(said) : said;
    else if (Array.isArray(said)) for (const [i, ours] of meaning.ours.entries()) if (said[i] !== undefined) fields[ours] = said[i];
  }
  return { type: signature.type, ...fields, ...signature.also };
}
