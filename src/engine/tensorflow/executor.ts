import { availableParallelism } from "node:os";
import type { EngineDescription } from "../../program/engine.js";
import { elementCount } from "../../program/shapes.js";
import type { Program, ProgramFunction } from "../../program/types.js";
import { type CreateExecutor, dtypeOf, type Executor, type Feeds, type TensorData } from "../executor.js";
import { FeedChecker } from "../feeds.js";
import { type Binding, loadBinding } from "./binding.js";
import { type ProgramGraph, type Signature, type VariableNodes, writeProgramGraph } from "./programGraph.js";
import { Session } from "./session.js";

export interface TensorflowOptions {
  /** Where the engine is installed: see engine/install. */
  readonly engineDirectory: string;
  /** Threads to compute with, all by default. One process has one number: it decides the last bits of results. */
  readonly threads?: number;
  /** oneDNN's kernels, on by default. */
  readonly oneDnn?: boolean;
}

/** Loads TensorFlow into this process; what it answers loads programs. Throws a UserError where it is not installed or does not load. */
export function prepareTensorflow(options: TensorflowOptions): CreateExecutor {
  const settings = { threads: options.threads ?? availableParallelism(), oneDnn: options.oneDnn ?? true };
  const binding = loadBinding(options.engineDirectory, settings);
  const engine = {
    name: "tensorflow",
    version: binding.TF_Version,
    threads: settings.threads,
    features: [settings.oneDnn ? "oneDNN" : "no oneDNN", process.platform, process.arch],
  } as const;
  return async (program) => new TensorflowExecutor(engine, binding, program, writeProgramGraph(program));
}

/** Loads TensorFlow and a program into it. */
export async function createTensorflowExecutor(program: Program, options: TensorflowOptions): Promise<Executor> {
  return prepareTensorflow(options)(program);
}

/** One function of the program, ready to call. */
interface Callable {
  readonly fn: ProgramFunction;
  readonly signature: Signature;
  readonly checker: FeedChecker;
}

class TensorflowExecutor implements Executor {
  readonly #session: Session;
  readonly #functions = new Map<string, Callable>();
  readonly #sizes: ReadonlyMap<string, { readonly shape: readonly number[]; readonly size: number }>;
  /** Reads of single variables and of all of them: a small fixed number of signatures. */
  readonly #reads = new Map<string, Signature>();
  readonly #readAll: Signature;
  readonly #writeAll: Signature;
  /** Whether all variables have values; setting them to zeros is a call of its own, which most programs never need. */
  #hasValues = false;

  constructor(
    readonly engine: EngineDescription,
    binding: Binding,
    program: Program,
    private readonly graph: ProgramGraph,
  ) {
    this.#session = new Session(binding, graph.nodes);
    for (const [name, fn] of Object.entries(program.functions)) {
      const signature = graph.functions.get(name);
      if (signature) this.#functions.set(name, { fn, signature, checker: new FeedChecker(program, name, fn) });
    }
    this.#sizes = new Map(program.variables.map(({ name, shape }) => [name, { shape, size: elementCount(shape) }]));
    const all = [...graph.variables.values()];
    this.#readAll = { feeds: [], fetches: all.map(({ read }) => read) };
    this.#writeAll = { feeds: all.flatMap(({ write }) => write.feeds), fetches: all.flatMap(({ write }) => write.fetches) };
  }

  run(name: string, feeds: Feeds): TensorData[] {
    const callable = this.#functions.get(name);
    if (!callable) throw new Error(`The program has no function "${name}".`);
    const { fn, signature, checker } = callable;
    const described = Object.entries(feeds).map(([feed, { shape, data }]) => [feed, { shape, data, dtype: dtypeOf(data) }] as const);
    checker.check(Object.fromEntries(described));
    const inputs = fn.feeds.flatMap((feed) => feeds[feed.name] ?? []);
    this.#ensureValues();
    const outputs = this.#session.call(signature, inputs);
    return fn.fetches.flatMap(({ dtype }, i) => {
      const output = outputs[i];
      return output && dtype === "uint8" ? { shape: output.shape, data: Uint8Array.from(output.data) } : (output ?? []);
    });
  }

  read(names: readonly string[]): Float32Array[] {
    this.#ensureValues();
    if (names.length * 2 < this.#sizes.size) return names.map((name) => this.#readOne(name));
    const values = this.#session.call(this.#readAll, []);
    const byName = new Map([...this.graph.variables.keys()].map((name, i) => [name, values[i]]));
    return names.map((name) => floats(name, byName.get(name)));
  }

  write(values: ReadonlyMap<string, Float32Array>): void {
    const tensors = new Map([...values].map(([name, data]) => [name, this.#checked(name, data)]));
    const order = [...this.graph.variables.keys()].flatMap((name) => tensors.get(name) ?? []);
    if (order.length === this.#sizes.size) {
      this.#session.call(this.#writeAll, order);
      this.#hasValues = true;
      return;
    }
    this.#ensureValues();
    for (const [name, tensor] of tensors) this.#session.call(this.#nodes(name).write, [tensor]);
  }

  dispose(): void {
    this.#session.dispose();
  }

  #ensureValues(): void {
    if (!this.#hasValues) this.#session.call(this.graph.initialize, []);
    this.#hasValues = true;
  }

  #readOne(name: string): Float32Array {
    const known = this.#reads.get(name) ?? { feeds: [], fetches: [this.#nodes(name).read] };
    this.#reads.set(name, known);
    return floats(name, this.#session.call(known, [])[0]);
  }

  #nodes(name: string): VariableNodes {
    const nodes = this.graph.variables.get(name);
    if (!nodes) throw new Error(`The program has no variable "${name}".`);
    return nodes;
  }

  #checked(name: string, data: Float32Array): TensorData {
    const variable = this.#sizes.get(name);
    if (!variable) throw new Error(`The program has no variable "${name}".`);
    if (data.length !== variable.size) throw new Error(`Variable "${name}" has ${variable.size} numbers, not ${data.length}.`);
    return { shape: variable.shape, data };
  }
}

function floats(name: string, tensor: TensorData | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new Error(`Variable "${name}" has no floats.`);
  return tensor.data;
}
