import { UserError } from "../base/userError.js";
import type { CompiledNetwork } from "../compile/types.js";
import type { Executor } from "../engine/executor.js";
import type { LayerWeights } from "../protocol/trainer.js";

/** Sending kernels may take this share of the time, so that an open panel hardly slows the training. */
const SHARE = 0.02;

/** Reads kernels for views: when asked, and again and again those that are watched. */
export class KernelStream {
  readonly #executor: Executor;
  readonly #compiled: CompiledNetwork;
  readonly #shapes: ReadonlyMap<string, readonly number[]>;
  #watched: readonly string[] = [];
  #interval = Number.POSITIVE_INFINITY;
  #next = 0;

  constructor(executor: Executor, compiled: CompiledNetwork) {
    this.#executor = executor;
    this.#compiled = compiled;
    this.#shapes = new Map(compiled.program.variables.map(({ name, shape }) => [name, shape]));
  }

  /** Layers without weights are passed over. */
  watch(layers: readonly string[], perSecond: number): void {
    this.#watched = layers.filter((layer) => this.#compiled.kernels.has(layer));
    this.#interval = 1000 / perSecond;
    this.#next = 0;
  }

  /** The weights of a layer now. Throws UserError if it has none. */
  read(layer: string, step: number): LayerWeights {
    const names = this.#compiled.kernels.get(layer);
    if (names === undefined) throw new UserError(`${layer} has no kernel to show.`);
    const [kernel = new Float32Array(0), bias] = this.#executor.read(
      names.bias === undefined ? [names.kernel] : [names.kernel, names.bias],
    );
    return { layer, step, kernelShape: this.#shapes.get(names.kernel) ?? [], kernel, ...(bias && { bias }) };
  }

  /** Sends the watched layers if it is time; a frame that would come too soon, or while the receiver is behind, is never sent. */
  offer(step: number, send: (weights: LayerWeights) => void, isBehind: () => boolean): void {
    const start = performance.now();
    if (this.#watched.length === 0 || start < this.#next || isBehind()) return;
    for (const layer of this.#watched) send(this.read(layer, step));
    const cost = performance.now() - start;
    this.#next = start + Math.max(this.#interval, cost / SHARE);
  }
}
