import type { NotedLayer } from "../../../reading/notes.js";
import { toCnnJson } from "../../../reading/toCnnJson.js";
import type { ModelReading } from "../../../reading/types.js";
import type { InferredLayer } from "../../../shape/types.js";
import type { LiveRun } from "../../training/liveRun.js";
import { analyze } from "../analysis.js";
import type { Learnt } from "../hoverText.js";
import { learntBy } from "../learnt.js";

/** The layer of the network that a model is trained as which has a layer's kernel. */
type Counterparts = ReadonlyMap<NotedLayer["layer"], InferredLayer>;

const counterparts = new WeakMap<ModelReading, Counterparts>();

/** What a layer of source code has learnt in the runs of its file; undefined where it learns nothing, or none of them fits it. */
export async function learntInCode(runs: readonly LiveRun[], { layer, reading }: NotedLayer): Promise<Learnt | undefined> {
  if (runs.length === 0) return undefined;
  const known = counterparts.get(reading) ?? counterpartsOf(reading);
  counterparts.set(reading, known);
  const trained = known.get(layer);
  return trained && learntBy(runs, trained);
}

function counterpartsOf(reading: ModelReading): Counterparts {
  const translated = toCnnJson(reading);
  if (!translated.ok) return new Map();
  const { text, weights } = translated.value;
  const { shapes } = analyze(text, "model.cnn.json");
  return new Map(
    shapes.layers.flatMap((inferred) => {
      const kernel = weights.get(`${inferred.layer.name}/kernel`);
      return kernel ? [[kernel.layer, inferred] as const] : [];
    }),
  );
}
