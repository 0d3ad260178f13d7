import type { Fix, Problem, Severity } from "../base/problem.js";
import type { LayerFix, LayerProblem, LayerShape, Shape } from "../layers/kind.js";
import { shapeText } from "../layers/words.js";
import type { Layer, Network } from "../model/network.js";
import { elementCount } from "../program/shapes.js";
import { inputSight, type Sight, sightOf, wholeField } from "./receptiveField.js";
import { withWeightsOf } from "./sharedWeights.js";
import type { InferredLayer, NetworkShapes } from "./types.js";

/** Writes a layer's fix as an edit of the network's file; undefined where it can't. */
export type WriteFix = (layer: Layer, fix: LayerFix) => Fix | undefined;

/** What is known of a layer's output while going through a network. */
interface Known {
  readonly shape: Shape | undefined;
  readonly sight: Sight | undefined;
  /** Undefined for the network's input. */
  readonly layer?: InferredLayer;
}

const FLOAT_BYTES = 4;

/**
 * Works out the shapes of all layers in one pass. Never throws. A layer that does not fit is one problem; those behind it are unknown,
 * without a problem of their own. `writeFix` is the format's; without it problems have no fixes.
 */
export function inferShapes(network: Network, writeFix: WriteFix = () => undefined): NetworkShapes {
  const known = new Map<string, Known>();
  const input = network.input?.shape;
  known.set("input", { shape: input, sight: input && inputSight(input) });
  const problems: Problem[] = [];
  const layers = network.layers.map((layer) => {
    const inferred = inferLayer(layer, known, problems, writeFix);
    known.set(layer.name, { ...inferred, shape: inferred.layer.shape?.output });
    return inferred.layer;
  });
  problems.push(...unused(network));
  return { layers, output: layers.at(-1)?.shape?.output, ...totals(layers), problems };
}

function totals(layers: readonly InferredLayer[]) {
  const sums = { totalParameters: 0, trainableParameters: 0, totalMultiplyAdds: 0, totalActivationBytes: 0 };
  for (const { shape, activationBytes } of layers) {
    sums.totalParameters += parameterCount(shape, false);
    sums.trainableParameters += parameterCount(shape, true);
    sums.totalMultiplyAdds += shape?.multiplyAdds ?? 0;
    sums.totalActivationBytes += activationBytes;
  }
  return sums;
}

/** Numbers in a layer's parameters, moving statistics left out if only the trainable ones are asked for. */
export function parameterCount(shape: LayerShape | undefined, trainableOnly: boolean): number {
  let total = 0;
  for (const parameter of shape?.parameters ?? []) if (parameter.trainable || !trainableOnly) total += elementCount(parameter.shape);
  return total;
}

function inferLayer(
  layer: Layer,
  known: ReadonlyMap<string, Known>,
  problems: Problem[],
  writeFix: WriteFix,
): { layer: InferredLayer; sight: Sight | undefined } {
  const sources = layer.inputs.map((name) => known.get(name));
  const inputs = sources.map((source) => source?.shape);
  if (!inputs.every((shape) => shape !== undefined)) return unknown(layer, inputs);

  const alone = layer.kind.infer(layer.args, inputs, layer.inputs);
  const inferred = alone.ok && layer.weightsOf !== undefined ? withWeightsOf(layer, alone.value, known.get(layer.weightsOf)?.layer) : alone;
  const problem = inferred.ok ? tooLarge(inferred.value) : inferred.error;
  if (problem || !inferred.ok) {
    if (problem) problems.push(placed(layer, problem, "error", writeFix));
    return unknown(layer, inputs);
  }
  for (const warning of inferred.value.warnings) problems.push(placed(layer, warning, "warning", writeFix));
  const sight = sightOf(
    inferred.value,
    sources.map((source) => source?.sight),
  );
  const activationBytes = FLOAT_BYTES * elementCount(inferred.value.output);
  return { layer: { layer, inputs, shape: inferred.value, receptiveField: wholeField(sight), activationBytes }, sight };
}

function unknown(layer: Layer, inputs: readonly (Shape | undefined)[]): { layer: InferredLayer; sight: undefined } {
  return { layer: { layer, inputs, shape: undefined, receptiveField: undefined, activationBytes: 0 }, sight: undefined };
}

/** Beyond this, sizes are no longer exact numbers; no computer holds them either. */
function tooLarge({ output }: LayerShape): LayerProblem | undefined {
  if (elementCount(output) <= Number.MAX_SAFE_INTEGER) return undefined;
  const message = `its output would be ${shapeText(output)}, more numbers than any memory holds; use smaller sizes`;
  return { code: "too-large", message, fixes: [] };
}

function placed(layer: Layer, problem: LayerProblem, severity: Severity, writeFix: WriteFix): Problem {
  const range = (problem.argument && layer.argumentRanges.get(problem.argument)) || layer.range;
  const fixes = problem.fixes.flatMap((fix) => writeFix(layer, fix) ?? []);
  return { range, severity, code: problem.code, message: `${layer.name}: ${problem.message}.`, fixes };
}

/** Layers that nothing uses, but for the last one, which is the network's output. Silent where a layer is missing that might use them. */
function unused({ layers }: Network): Problem[] {
  const present = new Set(["input"]);
  for (const { name } of layers) present.add(name);
  const read = new Set<string>();
  for (const { inputs } of layers) for (const input of inputs) read.add(input);
  for (const name of read) if (!present.has(name)) return [];
  return layers.flatMap((layer, i) => {
    const next = layers[i + 1]?.name;
    if (next === undefined || read.has(layer.name)) return [];
    const message = `${layer.name}: no layer uses its output; name it in the inputs of ${next}, or remove it.`;
    return [{ range: layer.range, severity: "warning", code: "unused-layer", message, fixes: [] }];
  });
}
