import { UserError } from "../base/userError.js";
import type { Framework } from "../frameworks/framework.js";
import type { KernelPlanes, ModelGraph, ModelTensor, TensorNumbers, TensorSummary } from "../protocol/modelPanel.js";
import { kernelAxes, kernelPlanes } from "./kernels.js";
import { countOfSource, type NumberSource } from "./numberSource.js";
import { summarize } from "./summary.js";

/** Lets the numbers of one tensor be used, and closes what they came from. Rejects with a UserError where they cannot be read. */
export type WithNumbers = <T>(tensor: ModelTensor, use: (source: NumberSource) => T | Promise<T>) => Promise<T>;

/** Numbers of one message: 256 KB. */
const MOST_NUMBERS = 1 << 16;
/** Summing up more takes minutes; formats that pack numbers can say they have any. */
const MOST_SUMMED = 2 ** 31;

/** What panels ask about the tensors of a graph; `pause` is waited for where reading takes long. */
export class ModelTensors {
  constructor(
    private readonly graph: ModelGraph,
    private readonly framework: Framework,
    private readonly withNumbers: WithNumbers,
    private readonly pause: () => Promise<void>,
  ) {}

  async summary({ tensor }: { readonly tensor: number }): Promise<TensorSummary> {
    const summary = await this.#use(tensor, (source, { name }) => {
      if (countOfSource(source) > MOST_SUMMED) throw new UserError(`${name} has too many numbers to be summed up.`);
      return summarize(source, this.pause);
    });
    return { tensor, ...summary };
  }

  async numbers({
    tensor,
    offset,
    count,
  }: {
    readonly tensor: number;
    readonly offset: number;
    readonly count: number;
  }): Promise<TensorNumbers> {
    const values = await this.#use(tensor, (source) => {
      const left = countOfSource(source) - offset;
      return source.read(offset, Math.max(0, Math.min(count, left, MOST_NUMBERS)));
    });
    return { tensor, offset, values };
  }

  async kernels({
    tensor,
    first,
    count,
  }: {
    readonly tensor: number;
    readonly first: number;
    readonly count: number;
  }): Promise<KernelPlanes> {
    const user = this.graph.nodes.find(({ tensors }) => tensors.includes(tensor));
    const planes = await this.#use(tensor, (source, { name }) => {
      const axes = kernelAxes(this.framework, `${user?.type ?? ""} ${name}`, source.shape.length);
      if (!axes) throw new UserError(`${name} is no convolution's weight: it has ${source.shape.length} axes.`);
      return kernelPlanes(source, axes, first, count);
    });
    return { tensor, ...planes };
  }

  #use<T>(index: number, use: (source: NumberSource, tensor: ModelTensor) => T | Promise<T>): Promise<T> {
    const tensor = this.graph.tensors[index];
    if (!tensor) throw new UserError("The model has changed; choose the weight again.");
    return this.withNumbers(tensor, (source) => use(source, tensor));
  }
}
