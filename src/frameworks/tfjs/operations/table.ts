import { programError } from "../../../interpret/errors.js";
import type { Tensor } from "../../../interpret/tensor.js";
import { type Call, list, type NativeFunction, unknown, type Value } from "../../../interpret/values.js";
import { tensorsIn } from "../graph.js";
import { CREATION } from "./creation.js";
import { ELEMENTWISE } from "./elementwise.js";
import { REDUCTIONS } from "./reductions.js";
import { RESHAPING } from "./reshaping.js";
import { type Made, Operands, type Rule } from "./rule.js";
import { SPATIAL } from "./spatial.js";

/** Operations on tensors: functions of `tf`, and methods of tensors. */
export const OPERATIONS: ReadonlyMap<string, Rule> = new Map([...ELEMENTWISE, ...REDUCTIONS, ...RESHAPING, ...SPATIAL]);

/** tf.relu, tf.zeros ...; undefined where nothing is known of the name. */
export function operation(name: string): NativeFunction | undefined {
  const rule = OPERATIONS.get(name) ?? CREATION.get(name);
  return (
    rule && {
      kind: "native",
      name: `tf.${name}`,
      call: ({ positional, incomplete }, call) => run(name, rule, positional, incomplete, call),
    }
  );
}

/** A method of a tensor: the operation with the tensor in front. */
export function tensorMethod(tensor: Value, name: string): NativeFunction | undefined {
  const rule = OPERATIONS.get(name);
  return (
    rule && { kind: "native", name, call: ({ positional, incomplete }, call) => run(name, rule, [tensor, ...positional], incomplete, call) }
  );
}

function run(name: string, rule: Rule, values: readonly Value[], incomplete: boolean, call: Call): Value {
  const made = rule(new Operands(values, !incomplete), (message) => {
    throw programError("shape-mismatch", `tf.${name}: ${message}`, call.place);
  });
  const inputs = values.flatMap(tensorsIn);
  const dtype = made.dtype ?? inputs[0]?.dtype ?? "float32";
  const results = made.shapes.map((shape): Tensor => ({ shape, dtype }));
  if (inputs.length > 0) record(name, made, inputs, results, call);
  const tensors = results.map((tensor): Value => ({ kind: "tensor", tensor }));
  return made.several ? list(tensors) : (tensors[0] ?? unknown(`tf.${name} is not known`));
}

function record(name: string, made: Made, inputs: readonly Tensor[], results: readonly Tensor[], call: Call): void {
  call.interpreter.trace.add({
    type: `tf.${name}`,
    role: "function",
    name: "",
    madeAt: call.place,
    calledAt: call.place,
    owner: {},
    inputs,
    results,
    outputs: made.shapes,
    parameters: [],
    multiplyAdds: undefined,
    reach: made.reach ?? "pointwise",
    formulas: () => [],
    catalogue: undefined,
    argumentPlaces: call.argumentPlaces,
  });
}
