import type { ProgramProblem } from "../../../interpret/problem.js";
import type { Tensor } from "../../../interpret/tensor.js";
import type { Inside, Outcome } from "../../../interpret/trace.js";
import type { Call } from "../../../interpret/values.js";
import { dataAttributes } from "../layers/attributes.js";
import type { LayerState } from "./state.js";

/** Outcome of what is not understood: shapes unknown, nothing counted. */
export const NOTHING_KNOWN: Omit<Outcome, "outputs"> = {
  parameters: [],
  multiplyAdds: undefined,
  reach: "pointwise",
  formulas: () => [],
  catalogue: undefined,
};

interface Applied {
  readonly inputs: readonly Tensor[];
  readonly results: readonly Tensor[];
  readonly outcome: Omit<Outcome, "outputs">;
  readonly inside?: Inside;
}

/** Puts a layer that was applied into the trace. */
export function recordLayer(
  owner: object,
  layer: LayerState,
  { inputs, results, outcome, inside }: Applied,
  { interpreter, place }: Call,
): void {
  const { trace } = interpreter;
  trace.add({
    ...outcome,
    outputs: results.map(({ shape }) => shape),
    type: layer.className,
    role: "layer",
    name: layer.name,
    madeAt: layer.madeAt,
    calledAt: place,
    owner,
    inputs,
    results,
    ...(inside && { inside }),
    attributes: () => dataAttributes(layer.data),
    argumentPlaces: layer.argumentPlaces,
  });
}

export function recordFunction(type: string, { inputs, results, outcome }: Applied, { interpreter, place }: Call): void {
  interpreter.trace.add({
    ...outcome,
    outputs: results.map(({ shape }) => shape),
    type,
    role: "function",
    name: "",
    madeAt: place,
    calledAt: place,
    owner: {},
    inputs,
    results,
    argumentPlaces: new Map(),
  });
}

/** Says what Keras would raise, at the argument that is wrong, else where the layer is made. Once for each place. */
export function reportLayer(layer: LayerState, problem: ProgramProblem, { interpreter, place: calledAt }: Call): void {
  const { file, range } = layer.madeAt;
  const names = layer.row ? Object.keys(layer.row.signature) : [];
  const places = new Map([...layer.argumentPlaces].map(([key, at]) => [typeof key === "number" ? (names[key] ?? String(key)) : key, at]));
  const argument = problem.argument === undefined ? undefined : places.get(problem.argument);
  const message = `${layer.className}${layer.givenName === undefined ? "" : ` "${layer.givenName}"`} ${problem.message}`;
  const place = { file, range: argument ?? range };
  const { problems } = interpreter.trace;
  if (problems.some((other) => other.place.range === place.range && other.message === message)) return;
  problems.push({ ...problem, message, place, severity: "error", edits: { file, call: range, arguments: places, calledAt } });
}
