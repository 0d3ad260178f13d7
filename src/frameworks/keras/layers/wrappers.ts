import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { LayerArguments } from "./arguments.js";
import type { LayerDatum } from "./data.js";
import { type Inference, type InputShapes, type KerasLayer, layer, Misfit, REQUIRED } from "./layer.js";
import { parameterFormula, statistic } from "./parameters.js";
import { shapeText } from "./sizes.js";

/** Finds layers by class name; the table gives it, as wrappers are rows of that very table. */
export type FindLayer = (className: string) => KerasLayer | undefined;

/** What the layer inside makes of its inputs; undefined where it is not one of Keras' own. */
function inferInner(find: FindLayer, inner: LayerDatum | undefined, inputs: InputShapes): Inference | undefined {
  const kind = inner && find(inner.className);
  return kind && inner ? kind.infer(new LayerArguments(kind, inner.data), inputs) : undefined;
}

function timeDistributed(find: FindLayer): KerasLayer {
  return layer("TimeDistributed", { layer: REQUIRED }, (args, [input]) => {
    if (input && input.length < 3) {
      const message = `needs steps before the axes of its layer, but gets ${shapeText(input)}`;
      throw new Misfit({ code: "wrong-rank", message, fixes: [] });
    }
    const steps = input?.[1];
    const inner = inferInner(find, args.inner("layer"), [input && [input[0], ...input.slice(2)]]);
    if (!inner) return { outputs: [undefined] };
    const { multiplyAdds } = inner;
    return {
      outputs: inner.outputs.map((shape) => shape && [shape[0], steps, ...shape.slice(1)]),
      parameters: inner.parameters ?? [],
      multiplyAdds: multiplyAdds === undefined || steps === undefined ? undefined : multiplyAdds * steps,
      reach: inner.reach ?? "pointwise",
      formulas: inner.formulas ?? (() => []),
    };
  });
}

function bidirectional(find: FindLayer): KerasLayer {
  return layer("Bidirectional", { layer: REQUIRED, merge_mode: "concat", weights: null, backward_layer: null }, (args, inputs) => {
    const forward = inferInner(find, args.inner("layer"), inputs);
    if (!forward) return { outputs: [undefined] };
    const backward = args.get("backward_layer") === null ? forward : inferInner(find, args.inner("backward_layer"), inputs);
    const merge = args.get("merge_mode");
    const [output, ...states] = forward.outputs;
    const [other, ...otherStates] = backward?.outputs ?? [];
    const doubled: TensorShape | undefined = output && [...output.slice(0, -1), twice(output.at(-1), other?.at(-1))];
    const merged = merge === null ? [output, other] : merge === undefined ? [undefined] : [merge === "concat" ? doubled : output];
    const parameters = [
      ...(forward.parameters ?? []).map((parameter) => ({ ...parameter, name: `forward_${parameter.name}` })),
      ...(backward?.parameters ?? []).map((parameter) => ({ ...parameter, name: `backward_${parameter.name}` })),
    ];
    return {
      outputs: [...merged, ...states, ...otherStates],
      parameters,
      multiplyAdds: twice(forward.multiplyAdds, backward?.multiplyAdds),
      reach: "global",
      formulas: () => parameterFormula(parameters),
    };
  });
}

/** Keeps one vector beside the weights of its layer, as long as the kernel has outputs. */
function spectralNormalization(find: FindLayer): KerasLayer {
  return layer("SpectralNormalization", { layer: REQUIRED, power_iterations: 1 }, (args, inputs) => {
    const inner = inferInner(find, args.inner("layer"), inputs);
    if (!inner) return { outputs: [undefined] };
    const [kernel] = inner.parameters ?? [];
    return { ...inner, parameters: [...(inner.parameters ?? []), statistic("vector_u", [1, kernel?.shape.at(-1)])], catalogue: undefined };
  });
}

function twice(a: Size, b: Size): Size {
  return a === undefined || b === undefined ? undefined : a + b;
}

export function wrappers(find: FindLayer): readonly KerasLayer[] {
  return [timeDistributed(find), bidirectional(find), spectralNormalization(find)];
}
