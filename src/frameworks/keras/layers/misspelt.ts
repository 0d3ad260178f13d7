import { suggest } from "../../../layers/suggest.js";
import type { KerasLayer } from "./layer.js";
import { modernName } from "./oldNames.js";

/** What layers take beside their own arguments, in one version of Keras or another. */
const COMMON: ReadonlySet<string> = new Set(
  "name dtype trainable weights input_shape batch_input_shape batch_shape batch_size input_dim input_length input_dtype dynamic autocast".split(
    " ",
  ),
);

/** Letters that may be wrong: arguments that only some version of a layer has differ by more from those in its row. */
const MOST_WRONG = 2;

/** The argument that a keyword most likely is meant to be, as "stride" of a convolution is; undefined where it may be one itself. */
export function meantArgument(keyword: string, row: KerasLayer): string | undefined {
  const modern = modernName(keyword, row);
  if (Object.hasOwn(row.signature, modern) || COMMON.has(modern)) return undefined;
  return suggest(keyword, [...Object.keys(row.signature), ...COMMON], MOST_WRONG);
}
