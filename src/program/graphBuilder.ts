import type { Builder } from "./builder.js";
import { check, checkFloat, checkPerChannel, checkScores, pooledShape } from "./checks.js";
import { nodesFor, updateValues } from "./reachable.js";
import {
  axisSize,
  broadcastShapes,
  describeShape,
  elementCount,
  hasBatch,
  imageAxes,
  lastAxis,
  reducedShape,
  sameShape,
  windowedSize,
  withAxis,
} from "./shapes.js";
import {
  BATCH,
  type BinaryFunction,
  type Convolution,
  type DataType,
  type Dimension,
  type Node,
  type Operation,
  type Padding,
  type Pair,
  type Program,
  type ProgramFunction,
  type ReduceFunction,
  type UnaryFunction,
  type Value,
  type Variable,
  type Window,
} from "./types.js";

type Dimensions = readonly Dimension[];

/** Numbers as text, so that infinities are told apart. */
const keyOf = (operation: Operation, inputs: readonly Value[], shapes: readonly Dimensions[]): string =>
  JSON.stringify([operation, inputs.map((input) => input.id), shapes], (_, entry) => (typeof entry === "number" ? String(entry) : entry));

/**
 * Collects nodes. Operations are pure, so the same operation on the same inputs answers the node that is there already:
 * what functions have in common is computed by one node. An operation that would only copy its input answers the input.
 */
export class GraphBuilder implements Builder {
  readonly #nodes: Node[] = [];
  readonly #known = new Map<string, Node>();
  readonly #variables = new Map<string, Variable>();
  readonly #inputs = new Map<string, Value>();
  #nextId = 0;

  /** Everything made so far, in order. */
  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  /** All variables so far, in the order they were first asked for. */
  get variables(): readonly Variable[] {
    return [...this.#variables.values()];
  }

  /** Adds an operation whose shapes have been worked out; the methods below and the gradients do. */
  append(operation: Operation, inputs: readonly Value[], shapes: readonly Dimensions[], dtype: DataType = "float32"): readonly Value[] {
    const key = keyOf(operation, inputs, shapes);
    const known = this.#known.get(key);
    if (known) return known.outputs;
    for (const shape of shapes)
      check(shape.lastIndexOf(BATCH) <= 0, operation.op, `the batch axis must stand first in ${describeShape(shape)}`, ...inputs);
    const outputs = shapes.map((shape) => ({ id: this.#nextId++, shape: [...shape], dtype }));
    const node = { operation, inputs: [...inputs], outputs };
    this.#nodes.push(node);
    this.#known.set(key, node);
    return outputs;
  }

  /** An operation with a single output. */
  appendOne(operation: Operation, inputs: readonly Value[], shape: Dimensions, dtype: DataType = "float32"): Value {
    const [value] = this.append(operation, inputs, [shape], dtype);
    if (!value) throw new Error(`${operation.op} has no output.`);
    return value;
  }

  /** The program; nodes that no function needs are left out. */
  finish(functions: Readonly<Record<string, ProgramFunction>>, seed: number): Program {
    const wanted = Object.values(functions).flatMap((fn) => [
      ...fn.feeds.map((feed) => feed.value),
      ...fn.fetches,
      ...fn.updates.flatMap(updateValues),
    ]);
    return { nodes: nodesFor(this.#nodes, wanted), variables: this.variables, functions, seed };
  }

  input(name: string, shape: Dimensions, dtype: DataType): Value {
    const known = this.#inputs.get(name);
    if (known) {
      check(sameShape(known.shape, shape) && known.dtype === dtype, "input", `${name} is asked as ${dtype} ${describeShape(shape)}`, known);
      return known;
    }
    const value = this.appendOne({ op: "input", name }, [], shape, dtype);
    this.#inputs.set(name, value);
    return value;
  }

  variable(name: string, shape: readonly number[], role: Variable["role"]): Value {
    const known = this.#variables.get(name);
    if (known && !(sameShape(known.shape, shape) && known.role === role))
      throw new Error(`variable: ${name} is ${known.role} ${describeShape(known.shape)} already.`);
    if (!known) this.#variables.set(name, { name, shape: [...shape], role });
    return this.appendOne({ op: "variable", name }, [], shape);
  }

  constant(values: readonly number[], shape: readonly number[]): Value {
    if (values.length !== 1 && values.length !== elementCount(shape))
      throw new Error(`constant: ${values.length} numbers do not fill ${describeShape(shape)}.`);
    return this.appendOne({ op: "constant", values: [...values] }, [], shape);
  }

  scalar(value: number): Value {
    return this.constant([value], []);
  }

  unary(fn: UnaryFunction, x: Value): Value {
    checkFloat(fn, x);
    return this.appendOne({ op: "unary", fn }, [x], x.shape);
  }

  leakyRelu(x: Value, alpha: number): Value {
    checkFloat("leakyRelu", x);
    return this.appendOne({ op: "leakyRelu", alpha }, [x], x.shape);
  }

  binary(fn: BinaryFunction, a: Value, b: Value): Value {
    const shape = broadcastShapes(a.shape, b.shape);
    check(shape !== undefined && a.dtype === b.dtype, fn, "inputs must broadcast and be of one type", a, b);
    const dtype = fn === "equal" || fn === "greater" ? "float32" : a.dtype;
    return this.appendOne({ op: "binary", fn }, [a, b], shape ?? [], dtype);
  }

  add(a: Value, b: Value): Value {
    return this.binary("add", a, b);
  }

  subtract(a: Value, b: Value): Value {
    return this.binary("subtract", a, b);
  }

  multiply(a: Value, b: Value): Value {
    return this.binary("multiply", a, b);
  }

  divide(a: Value, b: Value): Value {
    return this.binary("divide", a, b);
  }

  reduce(fn: ReduceFunction, x: Value, axes: readonly number[], keepDims: boolean): Value {
    checkFloat("reduce", x);
    check(
      axes.every((axis) => axis >= 0 && axis < x.shape.length),
      "reduce",
      `axes ${axes.join(",")} must exist`,
      x,
    );
    const sorted = [...new Set(axes)].sort((a, b) => a - b);
    return this.appendOne({ op: "reduce", fn, axes: sorted, keepDims }, [x], reducedShape(x.shape, sorted, keepDims));
  }

  broadcastTo(x: Value, shape: Dimensions, like?: Value): Value {
    const fits = broadcastShapes(x.shape, shape);
    check(fits !== undefined && sameShape(fits, shape), "broadcastTo", `input must broadcast to ${describeShape(shape)}`, x);
    if (sameShape(x.shape, shape)) return x;
    if (!hasBatch(shape)) return this.appendOne({ op: "broadcastTo", shape }, [x], shape, x.dtype);
    if (!like || !hasBatch(like.shape))
      throw new Error(`broadcastTo: ${describeShape(shape)} needs a value to lend the number of examples.`);
    return this.appendOne({ op: "broadcastTo", shape }, [x, like], shape, x.dtype);
  }

  reshape(x: Value, shape: Dimensions): Value {
    const fits = elementCount(x.shape) === elementCount(shape) && hasBatch(x.shape) === hasBatch(shape);
    check(fits, "reshape", `${describeShape(shape)} must hold the same numbers`, x);
    return sameShape(x.shape, shape) ? x : this.appendOne({ op: "reshape", shape }, [x], shape, x.dtype);
  }

  transpose(x: Value, permutation: readonly number[]): Value {
    const complete = permutation.length === x.shape.length && x.shape.every((_, axis) => permutation.includes(axis));
    check(complete, "transpose", `${permutation.join(",")} must be a permutation of the axes`, x);
    if (permutation.every((from, to) => from === to)) return x;
    const shape = permutation.map((axis) => axisSize(x.shape, axis));
    return this.appendOne({ op: "transpose", permutation }, [x], shape, x.dtype);
  }

  pad2d(x: Value, padding: Padding, value = 0): Value {
    checkFloat("pad2d", x);
    const [n, height, width, channels] = imageAxes(x.shape);
    const [top, bottom, left, right] = padding;
    check(Math.min(...padding) >= 0, "pad2d", "padding must not be negative", x);
    if (Math.max(...padding) === 0) return x;
    return this.appendOne({ op: "pad2d", padding, value }, [x], [n, height + top + bottom, width + left + right, channels]);
  }

  crop2d(x: Value, padding: Padding): Value {
    checkFloat("crop2d", x);
    const [n, height, width, channels] = imageAxes(x.shape);
    const [top, bottom, left, right] = padding;
    const fits = Math.min(...padding) >= 0 && height > top + bottom && width > left + right;
    check(fits, "crop2d", `cropping ${padding.join(",")} must leave something`, x);
    if (Math.max(...padding) === 0) return x;
    return this.appendOne({ op: "crop2d", padding }, [x], [n, height - top - bottom, width - left - right, channels]);
  }

  concat(values: readonly Value[], axis: number): Value {
    const [first] = values;
    if (!first) throw new Error("concat: at least one value is needed.");
    const sizes = values.map((value) => axisSize(value.shape, axis));
    const alike = values.every(
      (value) => sameShape(withAxis(value.shape, axis, 0), withAxis(first.shape, axis, 0)) && value.dtype === first.dtype,
    );
    check(alike && !sizes.includes(BATCH), "concat", `inputs must differ in axis ${axis} only`, ...values);
    if (values.length === 1) return first;
    const total = sizes.reduce((sum, size) => sum + size, 0);
    return this.appendOne({ op: "concat", axis }, values, withAxis(first.shape, axis, total), first.dtype);
  }

  slice(x: Value, axis: number, start: number, size: number): Value {
    const whole = axisSize(x.shape, axis);
    const inside = whole !== BATCH && start >= 0 && size >= 1 && start + size <= whole;
    check(inside, "slice", `${size} from ${start} of axis ${axis} must lie inside`, x);
    return size === whole ? x : this.appendOne({ op: "slice", axis, start, size }, [x], withAxis(x.shape, axis, size), x.dtype);
  }

  matMul(a: Value, b: Value, options: { readonly transposeA?: boolean; readonly transposeB?: boolean } = {}): Value {
    checkFloat("matMul", a, b);
    check(a.shape.length === 2 && b.shape.length === 2, "matMul", "inputs must be matrices", a, b);
    const { transposeA = false, transposeB = false } = options;
    const [rows, innerA] = transposeA ? [1, 0] : [0, 1];
    const [innerB, columns] = transposeB ? [1, 0] : [0, 1];
    check(a.shape[innerA] === b.shape[innerB], "matMul", "inner sizes must be equal", a, b);
    return this.appendOne({ op: "matMul", transposeA, transposeB }, [a, b], [axisSize(a.shape, rows), axisSize(b.shape, columns)]);
  }

  biasAdd(x: Value, bias: Value): Value {
    checkFloat("biasAdd", x, bias);
    check(sameShape(bias.shape, [lastAxis(x.shape)]), "biasAdd", "the bias must have one number a channel", x, bias);
    return this.appendOne({ op: "biasAdd" }, [x, bias], x.shape);
  }

  conv2d(x: Value, kernel: Value, convolution: Convolution): Value {
    checkFloat("conv2d", x, kernel);
    const { strides, dilation, padding, groups } = convolution;
    const [n, height, width, channels] = imageAxes(x.shape);
    const [kernelHeight, kernelWidth, groupChannels, filters] = imageAxes(kernel.shape);
    const size = windowedSize([height, width], { size: [kernelHeight, kernelWidth], strides, dilation, padding });
    check(channels === groupChannels * groups && filters % groups === 0, "conv2d", `channels must fit ${groups} groups`, x, kernel);
    check(Math.min(...size) >= 1, "conv2d", "the kernel must fit the padded image", x, kernel);
    return this.appendOne({ op: "conv2d", strides, dilation, padding, groups }, [x, kernel], [n, ...size, filters]);
  }

  conv2dTranspose(x: Value, kernel: Value, convolution: Convolution, [height, width]: Pair): Value {
    checkFloat("conv2dTranspose", x, kernel);
    const { strides, dilation, padding, groups } = convolution;
    const [n, rows, columns, channels] = imageAxes(x.shape);
    const [kernelHeight, kernelWidth, groupFilters, kernels] = imageAxes(kernel.shape);
    const size = windowedSize([height, width], { size: [kernelHeight, kernelWidth], strides, dilation, padding });
    check(channels === kernels && channels % groups === 0, "conv2dTranspose", `channels must fit ${groups} groups`, x, kernel);
    check(sameShape(size, [rows, columns]), "conv2dTranspose", `${height}x${width} must convolve to the input's size`, x, kernel);
    const shape = [n, height, width, groupFilters * groups];
    const like = this.broadcastTo(this.scalar(0), shape, x);
    return this.appendOne({ op: "conv2dInputGradient", strides, dilation, padding, groups }, [kernel, x, like], shape);
  }

  maxPool2d(x: Value, window: Window): Value {
    const { size, strides, padding } = window;
    const shape = pooledShape("maxPool2d", x, window);
    // The largest rectified number is the largest number rectified, and so are the gradients: the rectifier gets the smaller image.
    const rectified = this.#nodes.find(({ operation, outputs }) => outputs[0] === x && operation.op === "unary" && operation.fn === "relu");
    const [plain] = rectified?.inputs ?? [];
    if (plain && elementCount(shape) < elementCount(x.shape)) return this.unary("relu", this.maxPool2d(plain, window));
    return this.appendOne({ op: "maxPool2d", size, strides, padding }, [x], shape);
  }

  averagePool2d(x: Value, window: Window & { readonly countPadding: boolean }): Value {
    const { size, strides, padding, countPadding } = window;
    return this.appendOne({ op: "averagePool2d", size, strides, padding, countPadding }, [x], pooledShape("averagePool2d", x, window));
  }

  batchNormTraining(x: Value, gamma: Value, beta: Value, epsilon: number): readonly [y: Value, mean: Value, variance: Value] {
    const shape = [checkPerChannel("batchNormTraining", x, gamma, beta)];
    const [y, mean, variance] = this.append({ op: "batchNormTraining", epsilon }, [x, gamma, beta], [x.shape, shape, shape]);
    if (!y || !mean || !variance) throw new Error("batchNormTraining has three outputs.");
    return [y, mean, variance];
  }

  batchNormInference(x: Value, gamma: Value, beta: Value, mean: Value, variance: Value, epsilon: number): Value {
    checkPerChannel("batchNormInference", x, gamma, beta, mean, variance);
    return this.appendOne({ op: "batchNormInference", epsilon }, [x, gamma, beta, mean, variance], x.shape);
  }

  softmax(x: Value): Value {
    checkFloat("softmax", x);
    return this.appendOne({ op: "softmax" }, [x], x.shape);
  }

  softmaxCrossEntropy(logits: Value, labels: Value): Value {
    return this.softmaxCrossEntropyWithGradient(logits, labels)[0];
  }

  /** Both outputs: the loss of each example and its derivative by the logits. */
  softmaxCrossEntropyWithGradient(logits: Value, labels: Value): readonly [loss: Value, gradient: Value] {
    checkScores("softmaxCrossEntropy", logits, labels);
    const [loss, gradient] = this.append({ op: "softmaxCrossEntropy" }, [logits, labels], [labels.shape, logits.shape]);
    if (!loss || !gradient) throw new Error("softmaxCrossEntropy has two outputs.");
    return [loss, gradient];
  }

  randomUniform(like: Value, counter: Value, stream: number): Value {
    check(counter.dtype === "int32" && sameShape(counter.shape, [2]), "randomUniform", "the counter must be int32 [2]", counter);
    return this.appendOne({ op: "randomUniform", stream }, [like, counter], like.shape);
  }

  oneHot(labels: Value, depth: number): Value {
    check(labels.dtype === "int32", "oneHot", "labels must be int32", labels);
    return this.appendOne({ op: "oneHot", depth }, [labels], [...labels.shape, depth]);
  }

  argMax(x: Value): Value {
    checkFloat("argMax", x);
    check(x.shape.length > 0, "argMax", "the input must have an axis", x);
    return this.appendOne({ op: "argMax" }, [x], x.shape.slice(0, -1), "int32");
  }

  inTopK(scores: Value, labels: Value, k: number): Value {
    checkScores("inTopK", scores, labels);
    return this.appendOne({ op: "inTopK", k }, [scores, labels], labels.shape);
  }

  batchSize(x: Value): Value {
    check(hasBatch(x.shape), "batchSize", "the input must have a batch axis", x);
    return this.appendOne({ op: "batchSize" }, [x], []);
  }

  cast(x: Value, dtype: DataType): Value {
    return x.dtype === dtype ? x : this.appendOne({ op: "cast", dtype }, [x], x.shape, dtype);
  }
}
