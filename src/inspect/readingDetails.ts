import type { NodeDetails } from "../protocol/modelPanel.js";
import { countOf } from "../reading/layout.js";
import { receptiveFields } from "../reading/sights.js";
import type { ModelReading, ReadLayer } from "../reading/types.js";
import type { ReceptiveField } from "../shape/types.js";
import { sizesOrNull } from "./readingGraph.js";

const FLOAT_BYTES = 4;

/** Answers what is known of each node of a reading beyond its row; nodes that are no layers of it have nothing. */
export function readingDetails(reading: ModelReading): (node: number) => NodeDetails {
  let fields: readonly (ReceptiveField | undefined)[] | undefined;
  return (node) => {
    fields ??= receptiveFields(reading);
    const layer = reading.layers[node];
    return {
      node,
      inputs: layer?.inputs.map(sizesOrNull) ?? [],
      attributes: layer?.attributes?.() ?? [],
      formulas: layer?.application?.formulas() ?? [],
      activationBytes: layer ? activationBytes(layer, reading) : null,
      receptiveField: fields[node]?.size ?? null,
    };
  };
}

function activationBytes({ outputs }: ReadLayer, { layout }: ModelReading): number | null {
  let numbers = 0;
  for (const output of outputs) {
    const count = output && countOf(output, layout);
    if (count === undefined) return null;
    numbers += count;
  }
  return FLOAT_BYTES * numbers;
}
