import type { CallNode } from "../../syntax/around.js";
import type { Definitions } from "../../syntax/definitions.js";
import type { Expression } from "../../syntax/tree.js";
import { dottedName, namesIn } from "../../syntax/walk.js";
import { agreed, type Constants, namedArgument } from "./constants.js";

/** What a text says of training, for the tables of a framework to read; `calls` are those of one model's definition, or all. */
export interface TrainingText {
  readonly calls: readonly CallNode[];
  readonly definitions: Definitions;
  readonly constants: Constants;
}

/** "Adam" of torch.optim.Adam(...). */
export function lastName({ callee }: CallNode): string {
  return dottedName(callee)?.split(".").at(-1) ?? "";
}

/** What all values say alike, as an entry of what is said; none where they do not. */
export function entry<K extends string, T>(name: K, values: readonly (T | undefined)[]): { readonly [_ in K]?: T } {
  const value = agreed(values);
  return value === undefined ? {} : ({ [name]: value } as { readonly [_ in K]?: T });
}

/** The loss that all calls to known losses agree on; `table` holds null for those that ours has not. */
export function lossOf(calls: readonly CallNode[], table: Readonly<Record<string, string | null>>): { readonly loss?: string } {
  const losses = calls.map(lastName).filter((name) => Object.hasOwn(table, name));
  return entry(
    "loss",
    losses.map((name) => table[name] ?? undefined),
  );
}

/** Images in one step, by the loaders of a program: where there are several, by those of what is trained on. `at` is its place among the arguments. */
export function batchSizeOf({ calls, constants }: TrainingText, argument: string, at?: number): { readonly batchSize?: number } {
  const loaders = calls.filter((call) => lastName(call) === "DataLoader");
  const training = loaders.filter(isTraining);
  const sizes = (training.length > 0 ? training : loaders).map((call) => {
    const positional = at === undefined ? undefined : call.args[at];
    const given = namedArgument(call, argument) ?? (positional?.kind === "positional" ? positional.value : undefined);
    if (given) return count(constants.of(given));
    const spread = call.args.find((each) => each.kind === "namedSpread");
    return spread?.kind === "namedSpread" ? count(constants.field(spread.value, argument)) : undefined;
  });
  return entry("batchSize", sizes);
}

function isTraining(call: CallNode): boolean {
  const shuffle = namedArgument(call, "shuffle");
  return [...namesIn(call)].some((name) => /train/i.test(name)) || (shuffle?.kind === "boolean" && shuffle.value);
}

/** How often loops over epochs run; `passes` answers how many a range has. */
export function epochsOf(
  { definitions }: TrainingText,
  passes: (iterable: Expression) => number | undefined,
): { readonly epochs?: number } {
  const loops = definitions.loops.filter(({ name }) => /epoch|^ep$/i.test(name));
  return entry(
    "epochs",
    loops.map(({ iterable }) => count(passes(iterable))),
  );
}

/** A whole number above 0. */
export function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : undefined;
}
