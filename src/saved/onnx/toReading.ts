import type { Problem } from "../../base/problem.js";
import { NOWHERE } from "../../base/text.js";
import { count } from "../../frameworks/onnx/call.js";
import { type TranslatedNode, translate } from "../../frameworks/onnx/catalogue/translate.js";
import { type Fact, type NamedFact, type OnnxModel, UNKNOWN } from "../../frameworks/onnx/graph.js";
import type { Inference, InferredNode } from "../../frameworks/onnx/infer.js";
import type { Application, TracedParameter } from "../../interpret/trace.js";
import type { Edge, ModelReading, ReadLayer } from "../../reading/types.js";
import { attributesOf } from "./attributes.js";

interface Parts {
  readonly file: string;
  readonly title: string;
  readonly model: OnnxModel;
  readonly inference: Inference;
  readonly inputs: readonly NamedFact[];
  /** The inputs' shapes are the user's. */
  readonly asked: boolean;
}

/** An inferred graph as a reading: one layer for each output of a node, named as that is; the parameters are the first one's. */
export function toReading({ file, title, model, inference, inputs, asked }: Parts): ModelReading {
  const { graph } = model;
  const layers: ReadLayer[] = [];
  const edges: Edge[] = [];
  const makers = new Map<string, number>(inputs.map(({ name }) => [name, -1]));
  const translated = translate(model, inference);
  for (const inferred of inference.nodes) {
    const parameters = weightsOf(inferred, graph.initializers);
    const { node } = inferred;
    const data = node.inputs.filter((name) => name !== "" && !graph.initializers.has(name));
    const before = [...new Set(data.flatMap((name) => makers.get(name) ?? []))];
    const named = node.outputs.flatMap((name, i) => (name === "" ? [] : [{ name, fact: inferred.outputs[i] ?? UNKNOWN }]));
    for (const [i, { name, fact }] of named.entries()) {
      const own = i === 0 ? parameters : [];
      const made = application(file, name, inferred, fact, own, i, translated.get(node));
      edges.push(...before.map((from): Edge => [from, layers.length]));
      makers.set(name, layers.length);
      layers.push({
        name,
        type: node.operator,
        role: "layer",
        range: undefined,
        inputs: data.map((input) => inference.values.get(input)?.shape),
        outputs: [fact.shape],
        parameters: total(own),
        application: made,
        attributes: () => attributesOf(node),
        weights: new Map([...own.map(({ name: weight }) => weight), ...sourcesOf(made)].map((weight) => [weight, weight])),
      });
    }
  }
  const used = new Map(layers.flatMap(({ application }) => application?.parameters ?? []).map((each) => [each.name, each]));
  return {
    framework: "onnx",
    layout: "NCHW",
    target: graph.name || title,
    inputs: inputs.map(({ shape }) => shape ?? []),
    inputOrigin: asked ? "asked" : "file",
    layers,
    edges,
    outputs: graph.outputs.map(({ name }) => inference.values.get(name)?.shape),
    ends: { inputs, outputs: graph.outputs.flatMap(({ name }) => inference.values.get(name) ?? []) },
    totalParameters: total([...used.values()]),
    lines: [],
    tensors: [...graph.initializers].flatMap(([name, { shape, dtype }]) => {
      const sizes = shape?.flatMap((size) => size ?? []) ?? [];
      return sizes.length === shape?.length ? [{ name, shape: sizes, dtype: dtype ?? "unknown" }] : [];
    }),
    problems: inference.problems.map(problem),
  };
}

/** Weights among a node's inputs; lists of sizes and axes are none. */
function weightsOf({ node }: InferredNode, initializers: ReadonlyMap<string, Fact>): readonly TracedParameter[] {
  return [...new Set(node.inputs)].flatMap((name) => {
    const { shape, dtype } = initializers.get(name) ?? UNKNOWN;
    if (shape === undefined || ((dtype === "int64" || dtype === "bool") && shape.length < 2)) return [];
    return [{ name, shape, trainable: true, counted: true }];
  });
}

function total(parameters: readonly TracedParameter[]): number {
  return parameters.reduce((sum, { shape }) => sum + (count(shape) ?? 0), 0);
}

function application(
  file: string,
  name: string,
  { node, inputs, made }: InferredNode,
  result: Fact,
  parameters: readonly TracedParameter[],
  output: number,
  translated: TranslatedNode | undefined,
): Application {
  const first = output === 0;
  const place = { file, range: NOWHERE };
  return {
    type: node.operator,
    role: "layer",
    name,
    madeAt: place,
    calledAt: place,
    owner: node,
    inputs: translated?.inputs ?? inputs.flatMap((input) => input ?? []),
    results: [result],
    outputs: [result.shape],
    parameters,
    multiplyAdds: first ? made && (made.multiplyAdds ?? ("multiplyAdds" in made ? undefined : 0)) : 0,
    reach: made?.reach ?? "pointwise",
    formulas: made?.formulas ?? (() => []),
    catalogue: translated?.steps[output],
    argumentPlaces: new Map(),
  };
}

/** Tensors that the steps of an application are read from; a node's constants are no initializers. */
function sourcesOf({ catalogue = [] }: Application): string[] {
  return catalogue.flatMap(({ weights = {} }) => Object.values(weights).map(({ parameter }) => parameter));
}

function problem(message: string): Problem {
  return { range: NOWHERE, severity: "error", code: "onnx-operator", message, fixes: [] };
}
