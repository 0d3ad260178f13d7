import type { TextRange } from "../base/text.js";
import type { Tensor } from "../interpret/tensor.js";
import type { Application, Trace } from "../interpret/trace.js";
import type { Edge, ReadLayer } from "./types.js";

/** Parameters of a layer as its framework counts them; undefined where a size is unknown. */
export function parametersOf({ parameters }: Pick<Application, "parameters">): number | undefined {
  let sum = 0;
  for (const { shape, counted } of parameters) {
    if (!counted) continue;
    let size = 1;
    for (const axis of shape) {
      if (axis === undefined) return undefined;
      size *= axis;
    }
    sum += size;
  }
  return sum;
}

/** The layers of a trace as they are told: those that `file` makes or asks for by their ranges, those of other files by the name of theirs. */
export function readLayers(trace: Trace, file: string): ReadLayer[] {
  return trace.applications.map((application) => {
    const { madeAt, inputs, outputs, role, name, type, attributes } = application;
    return {
      name,
      type,
      role,
      range: (madeAt.askedBy ?? madeAt.file) === file ? madeAt.range : undefined,
      ...(madeAt.file !== file && { file: madeAt.file }),
      inputs: inputs.map(({ shape }) => shape),
      outputs,
      parameters: parametersOf(application),
      application,
      ...(attributes && { attributes }),
    };
  });
}

/** Which application's results feed which; -1 where a tensor came from no application, as the model's inputs do. */
export function edgesOf({ applications }: Trace): Edge[] {
  const makers = new Map<Tensor, number>();
  const edges: Edge[] = [];
  applications.forEach(({ inputs, results }, to) => {
    for (const input of inputs) edges.push([makers.get(input) ?? -1, to]);
    for (const result of results) makers.set(result, to);
  });
  return edges;
}

/** Parameters of all layers, each layer's once; undefined where one is unknown. */
export function totalOf({ applications }: Trace): number | undefined {
  const counted = new Set<object>();
  let total = 0;
  for (const application of applications) {
    if (counted.has(application.owner)) continue;
    counted.add(application.owner);
    const own = parametersOf(application);
    if (own === undefined) return undefined;
    total += own;
  }
  return total;
}

/** The last shape told at each place of `file`: loops and calls come by several times. */
export function linesOf({ lines }: Trace, file: string): { readonly range: TextRange; readonly shape: readonly (number | undefined)[] }[] {
  const last = new Map<number, { range: TextRange; shape: readonly (number | undefined)[] }>();
  for (const { place, shape } of lines) if (place.file === file) last.set(place.range.end, { range: place.range, shape });
  return [...last.values()];
}
