import type { Tensor, TensorShape } from "../../../interpret/tensor.js";
import type { Outcome } from "../../../interpret/trace.js";
import {
  type Arguments,
  type Call,
  list,
  type NativeFunction,
  type Place,
  type TensorValue,
  unknown,
  type Value,
} from "../../../interpret/values.js";
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

/** What a function of a name makes of the arguments, and what it is in the catalogue. Throws ProgramError where TensorFlow would refuse. */
export function functionOutcome(
  name: string,
  rule: FunctionRule,
  args: Arguments,
  place: Place,
  steps = stepsOf(name),
): Outcome & { readonly isSeveral: boolean } {
  const [first] = argumentTensors(args);
  const read = new FunctionArguments(name, args, place);
  const made = rule(read);
  const isSeveral = made !== undefined && "shapes" in made;
  const outputs = isSeveral ? made.shapes : [made];
  const input = first?.shape;
  const [catalogue, ...others] = outputs.map((output, i) => (input && output ? steps?.(read, { input, output }, i) : undefined));
  return { ...NOTHING_KNOWN, multiplyAdds: 0, outputs, catalogue, others, isSeveral };
}

/** Tensors among arguments, by position first. */
export function argumentTensors({ positional, named }: Arguments): Tensor[] {
  return tensorsIn([...positional, ...named.values()]);
}

/**
 * Applies a function to tensors: records it, and where they are symbolic makes it part of their graph. What it is in the catalogue is
 * known by its name, or given.
 */
export function applyFunction(name: string, rule: FunctionRule, args: Arguments, call: Call, steps?: FunctionSteps): Value {
  const given = [...args.positional, ...args.named.values()];
  const inputs = tensorsIn(given);
  const { isSeveral, ...outcome } = functionOutcome(name, rule, args, call.place, steps);
  const shapes = outcome.outputs;
  if (inputs.length === 0 && shapes.every((shape) => shape === undefined)) return unknown(`${name} of something that is not known`);
  const symbolic = isSymbolic(given);
  const results = shapes.map((shape) => new KerasTensor(shape, inputs[0]?.dtype ?? "float32", symbolic));
  if (inputs.length > 0) recordFunction(name, { inputs, results, outcome }, call);
  const values = results.map((tensor): TensorValue => ({ kind: "tensor", tensor }));
  const result: Value = isSeveral ? list(values) : (values[0] ?? unknown(`${name} gives nothing`));
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
