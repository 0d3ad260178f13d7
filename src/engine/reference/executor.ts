import type { EngineDescription } from "../../program/engine.js";
import { reachableNodes } from "../../program/reachable.js";
import { elementCount } from "../../program/shapes.js";
import type { Node, Program, ProgramFunction, Value } from "../../program/types.js";
import { dtypeOf, type Executor, type Feeds, type TensorData } from "../executor.js";
import { FeedChecker } from "../feeds.js";
import { compute, random } from "./kernels.js";
import type { Tensor } from "./tensor.js";
import { applyUpdate } from "./updates.js";

export type Feeds64 = Readonly<Record<string, { readonly shape: readonly number[]; readonly data: ArrayLike<number> }>>;

/** The program in plain float64 TypeScript: the oracle that engines and gradients are tested against. Slow. */
export class ReferenceExecutor implements Executor {
  readonly engine: EngineDescription = { name: "reference", version: "1", threads: 1, features: ["float64"] };
  readonly #variables = new Map<string, Tensor>();

  constructor(private readonly program: Program) {
    for (const { name, shape } of program.variables) this.#variables.set(name, { shape, data: new Float64Array(elementCount(shape)) });
  }

  run(name: string, feeds: Feeds): TensorData[] {
    const fn = this.#function(name);
    const described = Object.entries(feeds).map(([feed, tensor]) => [feed, { ...tensor, dtype: dtypeOf(tensor.data) }] as const);
    new FeedChecker(this.program, name, fn).check(Object.fromEntries(described));
    const results = this.runFloat64(name, feeds);
    return results.map((tensor, i) => toTensorData(tensor, fn.fetches[i]));
  }

  /** As run, without rounding anything to float32 and without checks of feeds: finite differences need the digits. */
  runFloat64(name: string, feeds: Feeds64): Tensor[] {
    const fn = this.#function(name);
    const values = new Map<number, Tensor>();
    for (const node of reachableNodes(this.program, fn)) {
      const outputs = this.#compute(node, values, feeds);
      node.outputs.forEach((output, i) => {
        values.set(output.id, found(outputs[i], `output ${i} of ${node.operation.op}`));
      });
    }
    const value = ({ id }: Value): Tensor => found(values.get(id), `value ${id}`);
    const fetches = fn.fetches.map(value).map(({ shape, data }) => ({ shape, data: data.slice() }));
    for (const update of fn.updates) applyUpdate(update, { value, variable: (variable) => this.#variable(variable).data });
    return fetches;
  }

  read(names: readonly string[]): Float32Array[] {
    return this.readFloat64(names).map((values) => Float32Array.from(values));
  }

  readFloat64(names: readonly string[]): Float64Array[] {
    return names.map((name) => this.#variable(name).data.slice());
  }

  write(values: ReadonlyMap<string, Float32Array | Float64Array>): void {
    for (const [name, data] of values) {
      const variable = this.#variable(name).data;
      if (data.length !== variable.length) throw new Error(`Variable ${name} has ${variable.length} numbers, not ${data.length}.`);
      variable.set(data);
    }
  }

  dispose(): void {
    this.#variables.clear();
  }

  #function(name: string): ProgramFunction {
    return found(this.program.functions[name], `function ${name}`);
  }

  #variable(name: string): Tensor {
    return found(this.#variables.get(name), `variable ${name}`);
  }

  #compute({ operation, inputs, outputs }: Node, values: ReadonlyMap<number, Tensor>, feeds: Feeds64): readonly Tensor[] {
    const given = inputs.map(({ id }) => found(values.get(id), `value ${id}`));
    switch (operation.op) {
      case "input": {
        const { shape, data } = found(feeds[operation.name], `feed ${operation.name}`);
        return [{ shape, data: Float64Array.from(data) }];
      }
      case "variable": {
        const { shape, data } = this.#variable(operation.name);
        return [{ shape, data: data.slice() }];
      }
      case "constant": {
        const shape = outputs[0]?.shape ?? [];
        const { values: numbers } = operation;
        const data = numbers.length === 1 ? new Float64Array(elementCount(shape)).fill(numbers[0] ?? 0) : Float64Array.from(numbers);
        return [{ shape, data }];
      }
      case "randomUniform": {
        const [like, counter] = given;
        return [random(found(like, "like"), found(counter, "counter"), this.program.seed, operation.stream)];
      }
      default:
        return compute(operation, given);
    }
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`There is no ${what} in the program.`);
  return value;
}

function toTensorData({ shape, data }: Tensor, value: Value | undefined): TensorData {
  if (value?.dtype === "int32") return { shape, data: Int32Array.from(data) };
  return { shape, data: value?.dtype === "uint8" ? Uint8Array.from(data) : Float32Array.from(data) };
}

/** Loads a program on the reference executor. */
export const createReferenceExecutor = (program: Program): Promise<ReferenceExecutor> => Promise.resolve(new ReferenceExecutor(program));
