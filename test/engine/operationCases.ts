import { Random } from "../../src/base/random.js";
import type { Feeds, TensorData } from "../../src/engine/executor.js";
import { differentiate } from "../../src/program/differentiate.js";
import { GraphBuilder } from "../../src/program/graphBuilder.js";
import { windowedSize } from "../../src/program/shapes.js";
import {
  BATCH,
  type BinaryFunction,
  type Convolution,
  type DataType,
  type Padding,
  type Program,
  type ProgramFunction,
  type UnaryFunction,
  type Value,
} from "../../src/program/types.js";

/** What an input holds: its shape, and numbers from low to high, or whole numbers below a limit, or values with many ties. */
interface Given {
  readonly shape: readonly number[];
  readonly range?: readonly [number, number];
  readonly below?: number;
  readonly ties?: true;
  readonly dtype?: DataType;
}

/** An operation on some inputs. Where it can be differentiated, so are all its float inputs. */
interface OperationCase {
  readonly name: string;
  readonly given: readonly Given[];
  readonly differentiable: boolean;
  build(builder: GraphBuilder, inputs: readonly Value[]): Value | readonly Value[];
}

export const EXAMPLES = 3;
const N = BATCH;

const cases: OperationCase[] = [];
const add = (name: string, given: readonly Given[], build: (b: GraphBuilder, ...inputs: Value[]) => Value | readonly Value[]): void => {
  cases.push({ name, given, differentiable: true, build: (b, inputs) => build(b, ...inputs) });
};
const addFixed = (
  name: string,
  given: readonly Given[],
  build: (b: GraphBuilder, ...inputs: Value[]) => Value | readonly Value[],
): void => {
  cases.push({ name, given, differentiable: false, build: (b, inputs) => build(b, ...inputs) });
};

const unaries: readonly [UnaryFunction, readonly [number, number]][] = [
  ["negative", [-2, 2]],
  ["exp", [-2, 2]],
  ["log", [0.1, 3]],
  ["sqrt", [0.1, 3]],
  ["square", [-2, 2]],
  ["absolute", [-2, 2]],
  ["sign", [-2, 2]],
  ["reciprocal", [0.5, 3]],
  ["relu", [-2, 2]],
  ["elu", [-2, 2]],
  ["sigmoid", [-4, 4]],
  ["tanh", [-3, 3]],
  ["softplus", [-6, 6]],
  ["erf", [-2, 2]],
];
for (const [fn, range] of unaries) add(fn, [{ shape: [N, 5], range }], (b, x) => b.unary(fn, x));
add("leakyRelu", [{ shape: [N, 5] }], (b, x) => b.leakyRelu(x, 0.2));

for (const fn of ["add", "subtract", "multiply", "divide", "maximum", "minimum"] satisfies BinaryFunction[]) {
  add(`${fn} of equal shapes`, [{ shape: [N, 4] }, { shape: [N, 4], range: [0.5, 2] }], (b, x, y) => b.binary(fn, x, y));
  add(`${fn} broadcasting`, [{ shape: [N, 2, 4] }, { shape: [2, 1], range: [0.5, 2] }], (b, x, y) => b.binary(fn, x, y));
}
for (const fn of ["equal", "greater"] satisfies BinaryFunction[])
  addFixed(
    fn,
    [
      { shape: [N, 8], ties: true },
      { shape: [8], ties: true },
    ],
    (b, x, y) => b.binary(fn, x, y),
  );

for (const fn of ["sum", "mean", "max"] as const) {
  add(`${fn} over examples`, [{ shape: [N, 4] }], (b, x) => b.reduce(fn, x, [0], false));
  add(`${fn} over an image`, [{ shape: [N, 4, 3, 2] }], (b, x) => b.reduce(fn, x, [1, 2], true));
  add(`${fn} over all`, [{ shape: [N, 4, 3] }], (b, x) => b.reduce(fn, x, [0, 1, 2], false));
}
add("broadcastTo of examples", [{ shape: [4] }, { shape: [N, 2] }], (b, x, like) => b.broadcastTo(x, [N, 4], like));
add("broadcastTo of a fixed shape", [{ shape: [1, 4] }], (b, x) => b.broadcastTo(x, [3, 4]));
add("reshape", [{ shape: [N, 2, 6] }], (b, x) => b.reshape(x, [N, 3, 4]));
add("transpose", [{ shape: [N, 2, 3, 4] }], (b, x) => b.transpose(x, [0, 3, 1, 2]));
add("transpose of a matrix", [{ shape: [4, 3] }], (b, x) => b.transpose(x, [1, 0]));
add("pad2d", [{ shape: [N, 3, 4, 2] }], (b, x) => b.pad2d(x, [1, 2, 0, 3], 0.5));
add("crop2d", [{ shape: [N, 5, 6, 2] }], (b, x) => b.crop2d(x, [1, 2, 0, 3]));
add("concat", [{ shape: [N, 2, 3] }, { shape: [N, 2, 1] }, { shape: [N, 2, 2] }], (b, ...all) => b.concat(all, 2));
add("slice", [{ shape: [N, 2, 6] }], (b, x) => b.slice(x, 2, 1, 3));
for (const transposeA of [false, true])
  for (const transposeB of [false, true])
    add(
      `matMul ${transposeA} ${transposeB}`,
      [{ shape: transposeA ? [4, 3] : [3, 4] }, { shape: transposeB ? [5, 4] : [4, 5] }],
      (b, x, y) => b.matMul(x, y, { transposeA, transposeB }),
    );
add("biasAdd to vectors", [{ shape: [N, 4] }, { shape: [4] }], (b, x, bias) => b.biasAdd(x, bias));
add("biasAdd to images", [{ shape: [N, 3, 3, 4] }, { shape: [4] }], (b, x, bias) => b.biasAdd(x, bias));

const convolutions: readonly (Partial<Convolution> & { readonly kernel?: readonly [number, number]; readonly filters?: number })[] = [
  {},
  { padding: [1, 1, 1, 1] },
  { padding: [2, 1, 0, 3] },
  { strides: [2, 2], padding: [0, 1, 0, 1] },
  { strides: [2, 2], padding: [1, 1, 1, 1] },
  { strides: [3, 1], kernel: [2, 3], padding: [1, 0, 2, 2] },
  { kernel: [1, 1] },
  { kernel: [5, 5], padding: [2, 2, 2, 2] },
  { dilation: [2, 2] },
  { dilation: [2, 2], padding: [2, 2, 2, 2] },
  { dilation: [3, 2], padding: [3, 1, 2, 0] },
  { dilation: [2, 2], strides: [2, 2], padding: [1, 2, 2, 1] },
  { groups: 2 },
  { groups: 2, padding: [1, 1, 1, 1], strides: [2, 2] },
  { groups: 2, padding: [2, 2, 2, 2], dilation: [2, 2] },
  { groups: 4, filters: 4 },
  { groups: 4, filters: 4, padding: [1, 1, 1, 1] },
  { groups: 4, filters: 8, padding: [1, 1, 1, 1], strides: [2, 2] },
  { groups: 4, filters: 8, padding: [0, 2, 1, 2] },
  { groups: 4, filters: 4, strides: [2, 1], padding: [1, 1, 1, 1] },
  { groups: 4, filters: 4, dilation: [2, 2], padding: [2, 2, 2, 2] },
  { groups: 4, filters: 8, dilation: [2, 3] },
  { groups: 4, filters: 4, dilation: [2, 2], strides: [2, 2], padding: [2, 2, 2, 2] },
];
for (const { kernel = [3, 3], filters = 6, ...some } of convolutions) {
  const convolution: Convolution = { strides: [1, 1], dilation: [1, 1], padding: [0, 0, 0, 0], groups: 1, ...some };
  const given = [{ shape: [N, 9, 8, 4] }, { shape: [...kernel, 4 / convolution.groups, filters] }];
  add(`conv2d ${kernel} ${filters} ${JSON.stringify(some)}`, given, (b, x, weights) => b.conv2d(x, weights, convolution));
}
// Of a transposed convolution, padding may take off all that a kernel wrote.
const beyond: (typeof convolutions)[number] = { kernel: [1, 1], padding: [1, 1, 2, 1] };
for (const { kernel = [3, 3] as const, filters = 6, ...some } of [...convolutions, beyond]) {
  const convolution: Convolution = { strides: [1, 1], dilation: [1, 1], padding: [0, 0, 0, 0], groups: 1, ...some };
  const size = [9, 8] as const;
  const given = [{ shape: [N, ...windowedSize(size, { ...convolution, size: kernel }), filters] }];
  const weights = { shape: [...kernel, 4 / convolution.groups, filters] };
  add(`conv2dTranspose ${kernel} ${filters} ${JSON.stringify(some)}`, [...given, weights], (b, x, w) =>
    b.conv2dTranspose(x, w, convolution, size),
  );
}

const windows: readonly {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: Padding;
}[] = [
  { size: [2, 2], strides: [2, 2], padding: [0, 0, 0, 0] },
  { size: [3, 3], strides: [1, 1], padding: [1, 1, 1, 1] },
  { size: [3, 3], strides: [2, 2], padding: [1, 1, 1, 1] },
  { size: [3, 2], strides: [2, 3], padding: [0, 1, 1, 0] },
  { size: [3, 3], strides: [2, 2], padding: [2, 1, 0, 2] },
];
for (const window of windows) {
  const text = JSON.stringify(window);
  add(`maxPool2d ${text}`, [{ shape: [N, 8, 7, 3] }], (b, x) => b.maxPool2d(x, window));
  add(`maxPool2d of ties ${text}`, [{ shape: [N, 8, 7, 3], ties: true }], (b, x) => b.maxPool2d(x, window));
  for (const countPadding of [false, true])
    add(`averagePool2d ${countPadding} ${text}`, [{ shape: [N, 8, 7, 3] }], (b, x) => b.averagePool2d(x, { ...window, countPadding }));
}

const perChannel: readonly Given[] = [{ shape: [4], range: [0.5, 1.5] }, { shape: [4] }];
for (const shape of [
  [N, 4],
  [N, 6, 4],
  [N, 5, 6, 4],
]) {
  add(`batchNormTraining of ${shape}`, [{ shape, range: [-1, 3] }, ...perChannel], (b, x, gamma, beta) =>
    first(b.batchNormTraining(x, gamma, beta, 1e-3)),
  );
  addFixed(`batchNormTraining's statistics of ${shape}`, [{ shape, range: [-1, 3] }, ...perChannel], (b, x, gamma, beta) =>
    b.batchNormTraining(x, gamma, beta, 1e-3).slice(1),
  );
  add(
    `batchNormInference of ${shape}`,
    [{ shape }, ...perChannel, { shape: [4] }, { shape: [4], range: [0.5, 2] }],
    (b, x, gamma, beta, mean, variance) => b.batchNormInference(x, gamma, beta, mean, variance, 1e-3),
  );
}

const labels: Given = { shape: [N], dtype: "int32", below: 7 };
add("softmax", [{ shape: [N, 7], range: [-3, 3] }], (b, x) => b.softmax(x));
add("softmax of images", [{ shape: [N, 2, 3, 4], range: [-3, 3] }], (b, x) => b.softmax(x));
add("softmaxCrossEntropy", [{ shape: [N, 7], range: [-3, 3] }, labels], (b, logits, classes) => b.softmaxCrossEntropy(logits, classes));
addFixed("oneHot", [labels], (b, classes) => b.oneHot(classes, 7));
addFixed("argMax", [{ shape: [N, 9], ties: true }], (b, x) => b.argMax(x));
for (const k of [1, 3, 5]) addFixed(`inTopK ${k}`, [{ shape: [N, 7], ties: true }, labels], (b, x, classes) => b.inTopK(x, classes, k));
addFixed("batchSize", [{ shape: [N, 2] }], (b, x) => b.batchSize(x));
addFixed("randomUniform", [{ shape: [N, 7, 3] }, { shape: [2], dtype: "int32", below: 1_000_000 }], (b, x, counter) =>
  b.randomUniform(x, counter, 5),
);
for (const dtype of ["uint8", "int32"] satisfies DataType[])
  addFixed(`cast to and from ${dtype}`, [{ shape: [N, 5], dtype, below: 255 }], (b, x) => [b.cast(x, "float32"), x]);

function first(values: readonly Value[]): Value {
  const [value] = values;
  if (!value) throw new Error("There is no value.");
  return value;
}

function fill({ shape, range = [-1, 1], below, ties, dtype = "float32" }: Given, random: Random): TensorData {
  const concrete = shape.map((size) => (size === BATCH ? EXAMPLES : size));
  const size = concrete.reduce((product, d) => product * d, 1);
  const draw = () => {
    if (below !== undefined) return random.below(below);
    return ties ? random.below(3) - 1 : range[0] + random.uniform() * (range[1] - range[0]);
  };
  const values = Array.from({ length: size }, draw);
  const types = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array };
  return { shape: concrete, data: types[dtype].from(values) };
}

/** One program with a function for every case, which fetches the outputs and, of their weighted sum, the gradients by all float inputs. */
export function operationProgram(): { readonly program: Program; readonly feeds: ReadonlyMap<string, Feeds> } {
  const builder = new GraphBuilder();
  const random = new Random({ seed: 7, stream: 1, step: [0, 0] });
  const functions: Record<string, ProgramFunction> = {};
  const feeds = new Map<string, Feeds>();
  for (const each of cases) {
    const named = each.given.map((given, i) => ({ name: `${each.name}/${i}`, given }));
    const inputs = named.map(({ name, given }) => builder.input(name, given.shape, given.dtype ?? "float32"));
    const built = each.build(builder, inputs);
    const outputs = "id" in built ? [built] : [...built];
    const y = first(outputs);
    const weights: { name: string; given: Given } = { name: `${each.name}/weights`, given: { shape: y.shape, range: [0.5, 1.5] } };
    const all = each.differentiable ? [...named, weights] : named;
    const gradients = each.differentiable ? gradientsOf(builder, y, builder.input(weights.name, y.shape, "float32"), inputs) : [];
    functions[each.name] = {
      feeds: all.map(({ name, given }) => ({ name, value: builder.input(name, given.shape, given.dtype ?? "float32") })),
      fetches: [...outputs, ...gradients],
      updates: [],
    };
    feeds.set(each.name, Object.fromEntries(all.map(({ name, given }) => [name, fill(given, random)])));
  }
  return { program: builder.finish(functions, 3), feeds };
}

/** Gradients of a sum that weighs each entry differently, so that no mistake cancels out. */
function gradientsOf(builder: GraphBuilder, y: Value, weights: Value, inputs: readonly Value[]): Value[] {
  const axes = y.shape.map((_, axis) => axis);
  const loss = builder.reduce("sum", builder.multiply(y, weights), axes, false);
  const wanted = inputs.filter((input) => input.dtype === "float32");
  return differentiate(builder, loss, wanted);
}
