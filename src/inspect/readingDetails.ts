import type { Attribute } from "../interpret/trace.js";
import type { NodeDetails } from "../protocol/modelPanel.js";
import { countOf } from "../reading/layout.js";
import { receptiveFields } from "../reading/sights.js";
import type { ModelReading, ReadLayer } from "../reading/types.js";
import type { ReceptiveField } from "../shape/types.js";
import { sizesOrNull } from "./readingGraph.js";

const FLOAT_BYTES = 4;

/**
 * Answers what is known of each node of a reading beyond its row; nodes that are no layers of it have nothing. `text` is the source that
 * was read.
 */
export function readingDetails(reading: ModelReading, text = ""): (node: number) => NodeDetails {
  let fields: readonly (ReceptiveField | undefined)[] | undefined;
  return (node) => {
    fields ??= receptiveFields(reading);
    const layer = reading.layers[node];
    return {
      node,
      inputs: layer?.inputs.map(sizesOrNull) ?? [],
      attributes: layer?.attributes?.() ?? (layer ? writtenAttributes(layer, text) : []),
      formulas: layer?.application?.formulas() ?? [],
      activationBytes: layer ? activationBytes(layer, reading) : null,
      receptiveField: fields[node]?.size ?? null,
    };
  };
}

/** The arguments of a constructor as the text has them, for frameworks that do not tell their values. */
function writtenAttributes({ application, range }: ReadLayer, text: string): Attribute[] {
  if (!application || !range) return [];
  return [...application.argumentPlaces].map(([name, { start, end }]) => ({ name: String(name), value: text.slice(start, end) }));
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
