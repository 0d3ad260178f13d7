/// <reference path="./kernelsBinary.d.ts" />

import { UserError } from "../../base/userError.js";
import type { EngineDescription } from "../../program/engine.js";
import { elementCount } from "../../program/shapes.js";
import type { Node, Program, ProgramFunction } from "../../program/types.js";
import { type CreateExecutor, dtypeOf, type Executor, type Feeds, type TensorData } from "../executor.js";
import { FeedChecker } from "../feeds.js";
import { bytesOf, type Tensor } from "./emit.js";
import type { Kernels } from "./kernels.js";
import binary from "./kernels.wasm";
import { LinearMemory } from "./memory.js";
import { makePlan, type Plan, type Store } from "./plan.js";

const ENGINE: EngineDescription = { name: "wasm", version: "1", threads: 1, features: ["simd"] };

interface LoadedFunction {
  readonly fn: ProgramFunction;
  readonly checker: FeedChecker;
  /** By number of examples. */
  readonly plans: Map<number, Plan>;
}

/** A program on kernels in WebAssembly: see README.md. */
class WasmExecutor implements Executor {
  readonly engine = ENGINE;
  readonly #store: Store;
  readonly #functions = new Map<string, LoadedFunction>();
  readonly #variables = new Map<string, Tensor>();
  readonly #constants = new Map<Node, number>();
  /** The largest arena so far; smaller plans share it. */
  #arena = { address: 0, size: 0 };

  constructor(
    private readonly program: Program,
    private readonly memory: LinearMemory,
    kernels: Kernels,
  ) {
    for (const { name, shape } of program.variables) {
      const tensor = { shape, dtype: "float32" } as const;
      this.#variables.set(name, { ...tensor, address: memory.reserve(bytesOf(tensor)) });
    }
    for (const [name, fn] of Object.entries(program.functions))
      this.#functions.set(name, { fn, checker: new FeedChecker(program, name, fn), plans: new Map() });
    this.#store = {
      kernels,
      table: (values) => memory.table(values),
      variable: (name) => this.#variable(name),
      constant: (node) => this.#constant(node),
    };
  }

  run(name: string, feeds: Feeds): TensorData[] {
    const loaded = this.#functions.get(name);
    if (!loaded) throw new Error(`The program has no function ${name}.`);
    const described = Object.entries(feeds).map(([feed, tensor]) => [feed, { ...tensor, dtype: dtypeOf(tensor.data) }] as const);
    const examples = loaded.checker.check(Object.fromEntries(described));
    const plan = this.#plan(loaded, examples);
    for (const { name: feed, tensor } of plan.feeds) {
      const data = feeds[feed]?.data;
      if (data) this.#view(tensor).set(data);
    }
    for (const step of plan.steps) step();
    const fetched = plan.fetches.map((tensor) => ({ shape: tensor.shape, data: this.#view(tensor).slice() }));
    for (const update of plan.updates) update();
    return fetched;
  }

  read(names: readonly string[]): Float32Array[] {
    return names.map((name) => this.#floats(this.#variable(name)).slice());
  }

  write(values: ReadonlyMap<string, Float32Array>): void {
    for (const [name, data] of values) {
      const variable = this.#floats(this.#variable(name));
      if (data.length !== variable.length) throw new Error(`Variable ${name} has ${variable.length} numbers, not ${data.length}.`);
      variable.set(data);
    }
  }

  /** Memory goes with the last reference to it. */
  dispose(): void {
    this.#functions.clear();
    this.#variables.clear();
  }

  /** Planned twice where no arena is large enough: only a plan tells how much it needs. */
  #plan({ fn, plans }: LoadedFunction, examples: number): Plan {
    const known = plans.get(examples);
    if (known) return known;
    let plan = makePlan(this.#store, this.program, fn, examples, this.#arena.address);
    if (plan.size > this.#arena.size) {
      this.#arena = { address: this.memory.reserve(plan.size), size: plan.size };
      plan = makePlan(this.#store, this.program, fn, examples, this.#arena.address);
    }
    plans.set(examples, plan);
    return plan;
  }

  #variable(name: string): Tensor {
    const variable = this.#variables.get(name);
    if (!variable) throw new Error(`The program has no variable ${name}.`);
    return variable;
  }

  #constant(node: Node): number {
    const known = this.#constants.get(node);
    const { operation } = node;
    const [output] = node.outputs;
    if (known !== undefined) return known;
    if (operation.op !== "constant" || !output) throw new Error(`${operation.op} is not a constant.`);
    const tensor = { shape: output.shape, dtype: output.dtype };
    const address = this.memory.reserve(bytesOf(tensor));
    const view = this.#view({ ...tensor, address });
    if (operation.values.length === 1) view.fill(operation.values[0] ?? 0);
    else view.set(operation.values);
    this.#constants.set(node, address);
    return address;
  }

  #floats({ address, shape }: Tensor): Float32Array {
    return this.memory.floats(address, elementCount(shape));
  }

  #view(tensor: Tensor): TensorData["data"] {
    if (tensor.dtype === "float32") return this.#floats(tensor);
    const count = elementCount(tensor.shape);
    return tensor.dtype === "int32"
      ? new Int32Array(this.memory.memory.buffer, tensor.address, count)
      : new Uint8Array(this.memory.memory.buffer, tensor.address, count);
  }
}

/** Loads a program on the wasm engine. Rejects with a UserError where WebAssembly has no SIMD. */
export const createWasmExecutor: CreateExecutor = async (program) => {
  if (!WebAssembly.validate(binary))
    throw new UserError(
      "The wasm engine needs SIMD instructions that this processor or Node.js does not offer: use Node.js 20 on a newer machine.",
    );
  const memory = new LinearMemory();
  const abort = () => {
    throw new Error("A kernel failed.");
  };
  const { instance } = await WebAssembly.instantiate(binary, { env: { memory: memory.memory, abort } });
  const kernels: unknown = instance.exports;
  return new WasmExecutor(program, memory, kernels as Kernels);
};
