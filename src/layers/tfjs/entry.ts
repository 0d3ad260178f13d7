import type { ArgumentSchema, ArgumentsOf } from "../arguments.js";
import type { LayerKind } from "../kind.js";
import type { TfjsContext, TfjsDescription } from "./types.js";

export type Describe<Args> = (args: Args, context: TfjsContext) => TfjsDescription;

/** A layer's type and how it is described, of arguments that its kind has read. */
export type Entry = readonly [type: string, describe: Describe<Readonly<Record<string, unknown>>>];

/** An entry of the table. The arguments of a layer are those that its kind has read, so their type is known. */
export function describe<Schema extends ArgumentSchema>(
  kind: LayerKind<string, Schema>,
  describeLayer: Describe<ArgumentsOf<Schema>>,
): Entry {
  return [kind.type, (args, context) => describeLayer(args as ArgumentsOf<Schema>, context)];
}

/** An entry for a kind that TensorFlow.js layers has nothing for; `does` ends "Layer x ...". */
export function refuse(kind: Pick<LayerKind, "type">, does: string): Entry {
  return [kind.type, () => ({ refused: `${does}, which TensorFlow.js layers has no layer for` })];
}
