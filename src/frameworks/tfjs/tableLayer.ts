import { err, ok, type Result } from "../../base/result.js";
import type { Outcome } from "../../interpret/trace.js";
import type { LayerProblem } from "../../layers/kind.js";
import { applyKerasLayer } from "../keras/layers/apply.js";
import { KERAS_2_HARD_SIGMOID } from "../keras/layers/catalogue.js";
import type { Datum, LayerData } from "../keras/layers/data.js";
import { type InputShapes, REQUIRED, type Signature } from "../keras/layers/layer.js";
import { kerasLayer } from "../keras/layers/table.js";
import type { Layer } from "./layer.js";
import { CONFIG_IS_OPTIONAL } from "./layerTable.js";
import { snakeCase } from "./names.js";

const UNKNOWN: Outcome = {
  outputs: [undefined],
  parameters: [],
  multiplyAdds: undefined,
  reach: "pointwise",
  formulas: () => [],
  catalogue: undefined,
};

/** What a layer of the library makes of inputs of these shapes, or what it would refuse. */
export function inferLayer({ className, data, config }: Layer, inputs: InputShapes): Result<Outcome, LayerProblem> {
  const row = kerasLayer(className);
  if (!row) return ok(UNKNOWN);
  if (config === "none" && !CONFIG_IS_OPTIONAL.has(className))
    return err({ code: "missing-config", message: "needs a config object, at least {}", fixes: [] });
  const wrong = unknownActivation(data["activation"]);
  if (wrong) return err(wrong);
  const inferred = applyKerasLayer(row, withoutMissing(asKeras2(data), row.signature), inputs);
  // What seems to be missing may be in the part of the config that is not known.
  return !inferred.ok && config === "incomplete" ? ok(UNKNOWN) : inferred;
}

function asKeras2(data: LayerData): LayerData {
  return data["activation"] === "hard_sigmoid" ? { ...data, activation: KERAS_2_HARD_SIGMOID } : data;
}

/** `undefined` is the default; where there is none, somebody else gives the value. */
function withoutMissing(data: LayerData, signature: Signature): LayerData {
  const kept = Object.entries(data).flatMap(([name, datum]): [string, Datum][] => {
    if (datum !== null) return [[name, datum]];
    return signature[name] === REQUIRED ? [[name, undefined]] : [];
  });
  return Object.fromEntries(kept);
}

const ACTIVATIONS: ReadonlySet<string> = new Set(
  "elu gelu gelu_new hard_sigmoid linear log_softmax mish relu relu6 selu sigmoid softmax softplus softsign swish tanh".split(" "),
);

function unknownActivation(activation: unknown): LayerProblem | undefined {
  if (typeof activation !== "string" || ACTIVATIONS.has(snakeCase(activation).toLowerCase())) return undefined;
  const meant = [...ACTIVATIONS].filter((known) => known.replaceAll("_", "") === activation.toLowerCase().replaceAll("_", ""));
  const fixes = meant.map((known) => ({ title: `Use activation ${known}`, set: { activation: known } }));
  return { code: "unknown-activation", argument: "activation", message: `TensorFlow.js has no activation "${activation}"`, fixes };
}
