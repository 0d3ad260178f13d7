import type { Problem } from "../base/problem.js";
import type { TextRange } from "../base/text.js";
import type { LayerKind, Shape } from "../layers/kind.js";
import type { TrainingConfig } from "./training.js";

/** One layer of a network, as some file says it. */
export interface Layer {
  /** Unique in the network: given, or `${type}_${n}` counted per type from 1 in file order (flatten alone stays "flatten"). */
  readonly name: string;
  readonly kind: LayerKind;
  /** Checked and complete: fallbacks are filled in. Typed by `kind.arguments`. */
  readonly args: Readonly<Record<string, unknown>>;
  /** Names of layers, or "input". */
  readonly inputs: readonly string[];
  /** An earlier layer of the same type whose weights and statistics it uses instead of its own, by name. */
  readonly weightsOf?: string;
  /** Where it stands in its file. */
  readonly range: TextRange;
  /** Where each argument's value stands, by argument name; absent where a fallback is used. "type", "name", "inputs" and "weightsOf" too. */
  readonly argumentRanges: ReadonlyMap<string, TextRange>;
}

/** The architecture: a graph of layers. The last layer is the output. */
export interface Network {
  readonly name: string;
  /** Undefined where the file does not say (yet). */
  readonly input: { readonly shape: Shape; readonly range: TextRange } | undefined;
  /** In file order, which is an order of computation: a layer may only use earlier ones. */
  readonly layers: readonly Layer[];
  readonly training: TrainingConfig;
}

/** What reading yields. Readers never throw: what cannot be understood is left out of the network and is a problem. */
export interface ReadNetwork {
  readonly network: Network;
  readonly problems: readonly Problem[];
}
