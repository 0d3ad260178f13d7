import { UserError } from "../base/userError.js";
import { thousands } from "../base/words.js";
import { compileNetwork } from "../compile/compile.js";
import { initialValues } from "../compile/initialize.js";
import { chooseEngine } from "../engine/choose.js";
import type { Executor, Feeds } from "../engine/executor.js";
import type { EngineName } from "../program/engine.js";
import { elementCount } from "../program/shapes.js";
import { readSound, readText } from "./networkFile.js";
import { engineChoice } from "./places.js";
import { table } from "./table.js";

export interface BenchOptions {
  readonly steps: number;
  readonly batch?: number;
  readonly engine?: EngineName;
  readonly threads?: number;
  readonly json?: true;
}

interface Measured {
  readonly engine: string;
  readonly threads: number;
  /** Median. */
  readonly millisecondsPerStep: number;
  readonly imagesPerSecond: number;
}

const WARM_UP = 5;

/** `cnn bench FILE`: whole training steps on noise, of every engine that there is. */
export async function bench(file: string, options: BenchOptions): Promise<undefined> {
  const { network, shapes } = readSound(await readText(file), file);
  const [height, width, channels] = network.input?.shape ?? [];
  const classes = shapes.output?.[0];
  if (height === undefined || width === undefined || channels === undefined || classes === undefined)
    throw new UserError(`${file} takes no pictures.`);
  const inputShape = [height, width, channels] as const;
  const compiled = compileNetwork(network, shapes, { inputShape, classes });
  const batch = options.batch ?? network.training.batchSize;
  const feeds = noise(batch, inputShape, classes);
  const measured: Measured[] = [];
  for (const engine of options.engine ? [options.engine] : (["tensorflow", "wasm"] as const)) {
    try {
      const create = await chooseEngine(engineChoice({ engine, ...(options.threads !== undefined && { threads: options.threads }) }));
      const executor = await create(compiled.program);
      executor.write(initialValues(compiled, network.training.seed));
      measured.push(measure(executor, feeds, options.steps, batch));
      executor.dispose();
    } catch (error) {
      if (options.engine !== undefined || !(error instanceof UserError)) throw error;
      console.error(error.message);
    }
  }
  console.log(options.json ? JSON.stringify(measured) : toText(file, batch, measured));
}

function noise(batch: number, shape: readonly number[], classes: number): Feeds {
  const size = elementCount(shape);
  return {
    images: { shape: [batch, ...shape], data: Uint8Array.from({ length: batch * size }, (_, i) => (i * 2654435761) >>> 24) },
    labels: { shape: [batch], data: Int32Array.from({ length: batch }, (_, i) => i % classes) },
    learningRate: { shape: [], data: Float32Array.of(1e-4) },
    correction: { shape: [], data: Float32Array.of(1) },
    randomCounter: { shape: [2], data: Int32Array.of(1, 0) },
  };
}

function measure(executor: Executor, feeds: Feeds, steps: number, batch: number): Measured {
  for (let step = 0; step < WARM_UP; step++) executor.run("train", feeds);
  const times = Array.from({ length: steps }, () => {
    const start = performance.now();
    executor.run("train", feeds);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const median = times[Math.floor(steps / 2)] ?? 0;
  const { name, version, threads } = executor.engine;
  return { engine: `${name} ${version}`, threads, millisecondsPerStep: median, imagesPerSecond: (1000 * batch) / median };
}

function toText(file: string, batch: number, measured: readonly Measured[]): string {
  const rows = measured.map((each) => [
    each.engine,
    String(each.threads),
    each.millisecondsPerStep.toFixed(2),
    thousands(each.imagesPerSecond),
  ]);
  const columns = ["engine", "threads", "ms a step", "images/s"].map((title, i) => ({ title, align: i === 0 ? "left" : "right" }) as const);
  return `${file}, batch ${batch}\n\n${table(columns, rows)}`;
}
