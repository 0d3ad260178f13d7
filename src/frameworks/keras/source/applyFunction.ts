import type { TensorShape } from "../../../interpret/tensor.js";
import { type Arguments, type Call, list, type NativeFunction, type TensorValue, unknown, type Value } from "../../../interpret/values.js";
import { FunctionArguments } from "./functionArguments.js";
import { FUNCTION_STEPS, type FunctionSteps } from "./functionSteps.js";
import { addNode } from "./graph.js";
import { NOTHING_KNOWN, recordFunction } from "./record.js";
import { isSymbolic, KerasTensor, tensorsIn } from "./tensors.js";

/** What a function makes of its arguments: a shape, several ones, or undefined where it cannot tell. May throw ProgramError. */
export type FunctionRule = (args: FunctionArguments) => TensorShape | undefined | Several;

/** Several results, as a list. */
export interface Several {
  readonly shapes: readonly (TensorShape | undefined)[];
}

/**
 * Applies a function to tensors: records it, and where they are symbolic makes it part of their graph. What it is in the catalogue is
 * known by its name, or given.
 */
export function applyFunction(name: string, rule: FunctionRule, args: Arguments, call: Call, steps = stepsOf(name)): Value {
  const given = [...args.positional, ...args.named.values()];
  const inputs = tensorsIn(given);
  const read = new FunctionArguments(name, args, call);
  const made = rule(read);
  const several = made !== undefined && "shapes" in made;
  const shapes = several ? made.shapes : [made];
  if (inputs.length === 0 && shapes.every((shape) => shape === undefined)) return unknown(`${name} of something that is not known`);
  const symbolic = isSymbolic(given);
  const results = shapes.map((shape) => new KerasTensor(shape, inputs[0]?.dtype ?? "float32", symbolic));
  if (inputs.length > 0) {
    const input = inputs[0]?.shape;
    const [catalogue, ...others] = shapes.map((output, i) => (input && output ? steps?.(read, { input, output }, i) : undefined));
    recordFunction(name, { inputs, results, outcome: { ...NOTHING_KNOWN, multiplyAdds: 0, catalogue, others } }, call);
  }
  const values = results.map((tensor): TensorValue => ({ kind: "tensor", tensor }));
  const result: Value = several ? list(values) : (values[0] ?? unknown(`${name} gives nothing`));
  if (symbolic) {
    const names = [...args.named.keys()];
    const count = args.positional.length;
    addNode({
      layer: undefined,
      inputs: given,
      result,
      run: (again, at) => {
        const named = new Map(names.flatMap((key, i): [string, Value][] => (again[count + i] ? [[key, again[count + i] ?? result]] : [])));
        return applyFunction(name, rule, { positional: again.slice(0, count), named, incomplete: args.incomplete }, at, steps);
      },
    });
  }
  return result;
}

function stepsOf(name: string): FunctionSteps | undefined {
  return FUNCTION_STEPS.get(name.slice(name.lastIndexOf(".") + 1));
}

export function functionOf(name: string, rule: FunctionRule): NativeFunction {
  return { kind: "native", name, call: (args, call) => applyFunction(name, rule, args, call) };
}
