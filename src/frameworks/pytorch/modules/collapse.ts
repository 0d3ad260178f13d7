import type { Tensor } from "../../../interpret/tensor.js";
import type { Application } from "../../../interpret/trace.js";
import type { Call, InstanceValue, Value } from "../../../interpret/values.js";
import type { Reach } from "../../../layers/kind.js";
import { tensorsIn } from "../core/record.js";
import { tensorValue } from "../core/tensor.js";
import { parametersOf } from "./layer.js";

/** A leaf that a program defines has been applied: everything recorded since `before` happened inside. */
interface Collapsing {
  readonly module: InstanceValue;
  readonly name: string;
  readonly before: number;
  readonly inputs: readonly Tensor[];
  readonly result: Value;
  readonly call: Call;
}

/** Puts one application of the module in the place of the operations inside it; answers what the program gets. */
export function collapse({ module, name, before, inputs, result: given, call }: Collapsing): Value {
  const { applications } = call.interpreter.trace;
  const inside = applications.splice(before);
  // What comes out as it went in gets an identity of its own: it went through a layer.
  const same = given.kind === "tensor" && given.tensor === inputs[0];
  const result = same ? tensorValue(given.tensor.shape, given.tensor.dtype) : given;
  const results = tensorsIn([result]);
  applications.push({
    type: module.class.name,
    role: "layer",
    name,
    owner: module,
    madeAt: module.place,
    calledAt: call.place,
    argumentPlaces: new Map(),
    inputs,
    results,
    outputs: results.map(({ shape }) => shape),
    parameters: parametersOf(module),
    multiplyAdds: inside.reduce<number | undefined>(
      (sum, { multiplyAdds }) => (sum === undefined || multiplyAdds === undefined ? undefined : sum + multiplyAdds),
      0,
    ),
    reach: reachOf(inside),
    formulas: () => inside.flatMap(({ formulas }) => formulas()),
    catalogue: undefined,
    inside: { applications: withOwnNames(inside, name), results: tensorsIn([given]) },
  });
  return result;
}

function reachOf(inside: readonly Application[]): Reach {
  const [window, ...more] = inside.map(({ reach }) => reach).filter((reach) => reach !== "pointwise");
  return window === undefined ? "pointwise" : more.length === 0 ? window : "global";
}

const NO_PLACES: Application["argumentPlaces"] = new Map();

/** Weights by their names in the module, as those of a layer are told. */
function withOwnNames(applications: readonly Application[], module: string): Application[] {
  const prefix = module === "" ? "" : `${module}.`;
  const own = (path: string) => (path.startsWith(prefix) ? path.slice(prefix.length) : path);
  return applications.map((application) => ({
    ...application,
    // Nobody sees its constructor apart from the module's.
    argumentPlaces: NO_PLACES,
    catalogue: application.catalogue?.map((step) => ({
      ...step,
      ...(step.weights && {
        weights: Object.fromEntries(
          Object.entries(step.weights).map(([name, source]) => [name, { ...source, parameter: own(source.parameter) }]),
        ),
      }),
    })),
  }));
}
