import { inputSight, type Sight, sightOf, wholeField } from "../shape/receptiveField.js";
import type { ReceptiveField } from "../shape/types.js";
import { channelsLast } from "./layout.js";
import type { ModelReading } from "./types.js";

/** What each layer's units see of the model's input, by the layer's index; undefined where it is no image or unknown. */
export function receptiveFields(reading: ModelReading): (ReceptiveField | undefined)[] {
  const { layers, edges, inputs, layout } = reading;
  const input = inputs[0] && channelsLast(inputs[0], layout);
  const first = input && inputSight(input);
  const feeding = layers.map((): number[] => []);
  for (const [from, to] of edges) feeding[to]?.push(from);
  const sights: (Sight | undefined)[] = [];
  layers.forEach(({ application, outputs }, i) => {
    const output = outputs[0] && channelsLast(outputs[0], layout);
    const before = (feeding[i] ?? []).map((from) => (from < 0 ? first : sights[from]));
    sights.push(application && output && before.length > 0 ? sightOf({ output, reach: application.reach }, before) : undefined);
  });
  return sights.map(wholeField);
}
